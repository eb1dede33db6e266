#pragma once

#include <span>

namespace medley::features {

/// Powers below count as this much: librosa's `amin`.
inline constexpr float kLeastPower = 1e-10f;

/// Powers into decibels, in place: 10 log10(max(x, 1e-10)), and no lower than 80 below the largest of them
/// all; librosa's `power_to_db` with its defaults.
void to_decibels(std::span<float> powers);

}  // namespace medley::features

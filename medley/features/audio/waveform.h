#pragma once

#include <span>
#include <vector>

namespace medley::features {

// Values of frames of `length` samples, centred on every `hop`-th one, straight from the samples; as many
// frames as an STFT of the same parameters has. `length` is even.

/// The root of the mean square of each frame, the sound continued by zeros: librosa's `feature.rms`.
std::vector<float> root_mean_squares(std::span<const float> samples, int length, int hop);

/// The share of a frame's samples whose sign differs from the one before, the sound continued by its first
/// and last sample: librosa's `feature.zero_crossing_rate`. What is within 1e-10 of zero counts as positive.
std::vector<float> zero_crossing_rates(std::span<const float> samples, int length, int hop);

}  // namespace medley::features

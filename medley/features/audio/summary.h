#pragma once

#include "medley/math/matrix.h"

#include <span>
#include <string>
#include <vector>

namespace medley::features {

/// What becomes of a value that a sound has in each frame: mean and standard deviation over the frames, and
/// those of the absolute difference from frame to frame (the plain mean of differences telescopes).
inline constexpr int kSummaries = 4;

/// `values` is [frames x n], `out` has kSummaries n entries: all of value 0, all of value 1, ... The
/// differences of a single frame are 0. No frames: zeros.
void summarize(math::MatrixView<const float> values, std::span<float> out);

/// "NAME mean", "NAME deviation", "NAME change mean", "NAME change deviation" for each name.
std::vector<std::string> summary_columns(const std::vector<std::string>& names);

}  // namespace medley::features

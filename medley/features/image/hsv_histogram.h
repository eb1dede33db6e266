#pragma once

#include "medley/media/image/image.h"

#include <vector>

namespace medley::features {

inline constexpr int kHueBins = 8, kSaturationBins = 4, kValueBins = 4;

/// How many pixels of a picture are of each colour: hue h of 8, saturation s of 4, value v of 4 in bin (h 4 +
/// s) 4 + v.
std::vector<int> hsv_histogram(const media::Image& image);

}  // namespace medley::features

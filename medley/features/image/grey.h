#pragma once

#include "medley/media/image/image.h"

#include <cstdint>
#include <vector>

namespace medley::features {

/// The brightness of each pixel in [0, 1], 0.2125 R + 0.7154 G + 0.0721 B, as scikit-image's `rgb2gray`. The
/// sum is taken in whole numbers, so that pixels of one brightness have exactly one value.
std::vector<double> grey(const media::Image& image);

/// The same in whole levels 0 to 255, halves to the even one, as scikit-image's `img_as_ubyte(rgb2gray(.))`.
std::vector<std::uint8_t> grey_levels(const media::Image& image);

}  // namespace medley::features

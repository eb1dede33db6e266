#pragma once

#include "medley/media/image/image.h"

#include <array>
#include <vector>

namespace medley::features {

/// A colour (red, green, blue in [0, 1]) and the share of the pixels it stands for.
struct DominantColor {
  std::array<double, 3> rgb{};
  double share = 0;
};

/// At most `count` colours, the largest share first: k-means over the occupied cells of a 16 x 16 x 16 RGB
/// grid (each weighted by its pixels, at their mean colour). The first centre is the fullest cell, each
/// further one the cell with the largest weight times squared distance to its nearest centre, so nothing is
/// random; at most 20 Lloyd steps. A picture with fewer distinct cells gives fewer colours.
std::vector<DominantColor> dominant_colors(const media::Image& image, int count);

}  // namespace medley::features

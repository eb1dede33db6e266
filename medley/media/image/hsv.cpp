#include "medley/media/image/hsv.h"

#include "medley/core/error.h"

#include <algorithm>

namespace medley::media {

namespace {

/// Of the hexcone model (Smith 1978): which third of the circle, and how far towards a neighbour.
float hue(int red, int green, int blue, int highest, int range) {
  if (range == 0) return 0.0f;
  const auto part = [range](int difference) {
    return 60.0f * static_cast<float>(difference) / static_cast<float>(range);
  };
  if (highest == red) return green >= blue ? part(green - blue) : 360.0f + part(green - blue);
  if (highest == green) return 120.0f + part(blue - red);
  return 240.0f + part(red - green);
}

}  // namespace

void rgb_to_hsv(const Image& image, std::span<float> hsv) {
  require(hsv.size() == image.rgb.size(), "{} places for {} values", hsv.size(), image.rgb.size());
  for (std::size_t i = 0; i + 2 < hsv.size(); i += 3) {
    const int red = image.rgb[i], green = image.rgb[i + 1], blue = image.rgb[i + 2];
    const int highest = std::max({red, green, blue});
    const int range = highest - std::min({red, green, blue});
    hsv[i] = hue(red, green, blue, highest, range);
    hsv[i + 1] = highest == 0 ? 0.0f : static_cast<float>(range) / static_cast<float>(highest);
    hsv[i + 2] = static_cast<float>(highest) / 255.0f;
  }
}

}  // namespace medley::media

#include "medley/features/image/grey.h"

#include <algorithm>

namespace medley::features {
namespace {

// A level in ten-thousandths: the weights of R, G and B are whole then, and sum to it.
constexpr int kLevel = 10000;

template <class T, class Convert>
std::vector<T> each_pixel(const media::Image& image, Convert convert) {
  std::vector<T> out;
  out.reserve(image.rgb.size() / 3);
  for (std::size_t i = 0; i + 2 < image.rgb.size(); i += 3)
    out.push_back(convert(2125 * image.rgb[i] + 7154 * image.rgb[i + 1] + 721 * image.rgb[i + 2]));
  return out;
}

}  // namespace

std::vector<double> grey(const media::Image& image) {
  return each_pixel<double>(image, [](int sum) { return sum / (255.0 * kLevel); });
}

std::vector<std::uint8_t> grey_levels(const media::Image& image) {
  return each_pixel<std::uint8_t>(image, [](int sum) {
    const int level = sum / kLevel, rest = sum % kLevel;
    const bool up = 2 * rest > kLevel || (2 * rest == kLevel && level % 2 == 1);
    return static_cast<std::uint8_t>(level + (up ? 1 : 0));
  });
}

}  // namespace medley::features

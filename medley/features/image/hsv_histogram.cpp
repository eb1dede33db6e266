#include "medley/features/image/hsv_histogram.h"

#include "medley/media/image/hsv.h"

#include <algorithm>
#include <cstddef>

namespace medley::features {

std::vector<int> hsv_histogram(const media::Image& image) {
  std::vector<float> hsv(image.rgb.size());
  media::rgb_to_hsv(image, hsv);
  const auto bin = [](float share, int bins) {
    return std::min(static_cast<int>(share * static_cast<float>(bins)), bins - 1);
  };
  std::vector<int> counts(static_cast<std::size_t>(kHueBins * kSaturationBins * kValueBins));
  for (std::size_t i = 0; i + 2 < hsv.size(); i += 3) {
    const int h = std::min(static_cast<int>(hsv[i] / (360.0f / kHueBins)), kHueBins - 1);
    const int s = bin(hsv[i + 1], kSaturationBins), v = bin(hsv[i + 2], kValueBins);
    const int place = (h * kSaturationBins + s) * kValueBins + v;
    ++counts[static_cast<std::size_t>(place)];
  }
  return counts;
}

}  // namespace medley::features

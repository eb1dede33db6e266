#include "medley/features/video/cuts.h"

#include "medley/features/image/grey.h"
#include "medley/features/image/hsv_histogram.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace medley::features {
namespace {

// Half a second at 25 frames a second: what is usual around a frame.
constexpr std::int64_t kAround = 12;

}  // namespace

Change FrameWatcher::next(const media::Image& frame) {
  auto histogram = hsv_histogram(frame);
  auto grey = grey_levels(frame);
  Change out;
  if (grey.size() == grey_.size() && !grey.empty()) {
    double moved = 0.0, apart = 0.0;
    for (std::size_t i = 0; i < grey.size(); ++i) moved += std::abs(int{grey[i]} - int{grey_[i]});
    for (std::size_t b = 0; b < histogram.size(); ++b) apart += std::abs(histogram[b] - histogram_[b]);
    const auto pixels = static_cast<double>(grey.size());
    out.motion = static_cast<float>(moved / (255.0 * pixels));
    out.histogram = static_cast<float>(apart / (2.0 * pixels));
  }
  histogram_ = std::move(histogram);
  grey_ = std::move(grey);
  return out;
}

std::vector<std::int64_t> shot_starts(std::span<const float> distances, const CutRule& rule) {
  const auto n = static_cast<std::int64_t>(distances.size());
  std::vector<std::int64_t> out;
  if (n == 0) return out;
  out.push_back(0);
  const auto at = [&](std::int64_t t) { return static_cast<double>(distances[static_cast<std::size_t>(t)]); };
  for (std::int64_t t = 1; t < n; ++t) {
    const double here = at(t);
    if (here < rule.threshold || t - out.back() < rule.min_frames) continue;
    double sum = 0.0, largest = 0.0;
    std::int64_t count = 0;
    for (auto other = std::max<std::int64_t>(1, t - kAround); other < std::min(n, t + kAround + 1); ++other) {
      if (other == t) continue;
      sum += at(other);
      ++count;
      // Of equal ones the first is the cut.
      if (std::abs(other - t) < rule.min_frames)
        largest = std::max(largest, other > t ? at(other) : std::nextafter(at(other), 2.0));
    }
    if (here >= largest && here * static_cast<double>(count) >= rule.ratio * sum) out.push_back(t);
  }
  return out;
}

}  // namespace medley::features

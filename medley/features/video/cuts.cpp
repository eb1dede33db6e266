#include "medley/features/video/cuts.h"

#include "medley/media/image/hsv.h"

#include <algorithm>
#include <cmath>

namespace medley::features {
namespace {

constexpr int kHues = 8, kSaturations = 4, kValues = 4;
// Half a second at 25 frames a second: what is usual around a frame.
constexpr std::int64_t kAround = 12;

std::vector<float> histogram_of(const std::vector<float>& hsv) {
  std::vector<float> out(std::size_t{kHues} * kSaturations * kValues);
  const auto bin = [](float share, int bins) {
    return std::clamp(static_cast<int>(share * static_cast<float>(bins)), 0, bins - 1);
  };
  const float pixel = 3.0f / static_cast<float>(hsv.size());
  for (std::size_t i = 0; i + 2 < hsv.size(); i += 3) {
    const int place = (bin(hsv[i] / 360.0f, kHues) * kSaturations + bin(hsv[i + 1], kSaturations)) * kValues +
                      bin(hsv[i + 2], kValues);
    out[static_cast<std::size_t>(place)] += pixel;
  }
  return out;
}

/// ITU-R BT.601 luma.
std::vector<std::uint8_t> grey_of(const media::Image& image) {
  std::vector<std::uint8_t> out(image.rgb.size() / 3);
  for (std::size_t i = 0; i < out.size(); ++i) {
    const auto* pixel = image.rgb.data() + 3 * i;
    out[i] = static_cast<std::uint8_t>((299 * pixel[0] + 587 * pixel[1] + 114 * pixel[2] + 500) / 1000);
  }
  return out;
}

}  // namespace

Change FrameWatcher::next(const media::Image& frame) {
  hsv_.resize(frame.rgb.size());
  media::rgb_to_hsv(frame, hsv_);
  auto histogram = histogram_of(hsv_);
  auto grey = grey_of(frame);
  Change out;
  if (grey.size() == grey_.size() && !grey.empty()) {
    double moved = 0.0, apart = 0.0;
    for (std::size_t i = 0; i < grey.size(); ++i) moved += std::abs(int{grey[i]} - int{grey_[i]});
    for (std::size_t b = 0; b < histogram.size(); ++b) apart += std::abs(histogram[b] - histogram_[b]);
    out.motion = static_cast<float>(moved / (255.0 * static_cast<double>(grey.size())));
    out.histogram = static_cast<float>(std::min(apart / 2.0, 1.0));
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

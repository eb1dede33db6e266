#include "medley/features/video/cuts.h"

#include "medley/features/image/grey.h"
#include "medley/media/image/hsv.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

namespace medley::features {
namespace {

// Half a second at 25 frames a second: what is usual around a frame.
constexpr std::int64_t kAround = 12;

constexpr std::size_t kHues = 8, kChromas = 4, kValues = 4;
constexpr float kHueCircle = 360.0f;

/// The two bins beside a place between them, and each one's share of it.
struct Between {
  std::array<std::size_t, 2> bins;
  std::array<float, 2> shares;
};

/// The bins of a share in [0, 1]: the first stands for 0, the last for 1.
Between on_line(float share, std::size_t count) {
  const float place = share * static_cast<float>(count - 1);
  const auto low = std::min(static_cast<std::size_t>(place), count - 2);
  const float second = place - static_cast<float>(low);
  return {{low, low + 1}, {1.0f - second, second}};
}

/// The bins of an angle in [0, 360]: the last is beside the first.
Between on_circle(float degrees, std::size_t count) {
  const float place = degrees * static_cast<float>(count) / kHueCircle;
  const auto low = static_cast<std::size_t>(place);
  const float second = place - static_cast<float>(low);
  return {{low % count, (low + 1) % count}, {1.0f - second, second}};
}

/// How much of a frame is of each colour: a pixel is shared out between the bins around it, so that a colour
/// that changes slowly moves from one bin to the next as slowly. Chroma (saturation times value) fades to
/// black as it does to grey, where saturation jumps; greys are in one bin of hue, as theirs is noise.
std::vector<float> soft_histogram(const media::Image& frame) {
  std::vector<float> hsv(frame.rgb.size());
  media::rgb_to_hsv(frame, hsv);
  std::vector<float> out(kHues * kChromas * kValues);
  for (std::size_t i = 0; i + 2 < hsv.size(); i += 3) {
    const auto hue = on_circle(hsv[i], kHues);
    const auto chroma = on_line(hsv[i + 1] * hsv[i + 2], kChromas), value = on_line(hsv[i + 2], kValues);
    for (unsigned corner = 0; corner < 8; ++corner) {
      const unsigned h = corner & 1, c = corner >> 1 & 1, v = corner >> 2;
      const auto hue_bin = chroma.bins[c] == 0 ? 0 : hue.bins[h];
      out[(hue_bin * kChromas + chroma.bins[c]) * kValues + value.bins[v]] +=
          hue.shares[h] * chroma.shares[c] * value.shares[v];
    }
  }
  return out;
}

}  // namespace

Change FrameWatcher::next(const media::Image& frame) {
  auto histogram = soft_histogram(frame);
  auto grey = grey_levels(frame);
  Change out;
  if (grey.size() == grey_.size() && !grey.empty()) {
    double moved = 0.0, apart = 0.0;
    for (std::size_t i = 0; i < grey.size(); ++i) moved += std::abs(int{grey[i]} - int{grey_[i]});
    for (std::size_t b = 0; b < histogram.size(); ++b)
      apart += std::abs(static_cast<double>(histogram[b]) - static_cast<double>(histogram_[b]));
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

#include "medley/features/video/clip_shots.h"

#include <algorithm>
#include <cmath>

namespace medley::features {
namespace {

// The side at which frames are compared.
constexpr int kWatchedSide = 64;

/// Mean and deviation of the motion within shots.
void set_motion(const std::vector<float>& motions, ClipShots& out) {
  double sum = 0.0, squares = 0.0;
  std::int64_t count = 0;
  for (std::int64_t t = 1; t < out.frames; ++t) {
    if (std::ranges::binary_search(out.starts, t)) continue;
    const double motion = motions[static_cast<std::size_t>(t)];
    sum += motion;
    squares += motion * motion;
    ++count;
  }
  if (count == 0) return;
  out.motion = sum / static_cast<double>(count);
  out.motion_deviation =
      std::sqrt(std::max(0.0, squares / static_cast<double>(count) - out.motion * out.motion));
}

}  // namespace

ClipShots clip_shots(const Clip& clip, const CutRule& rule, const Services& services) {
  FrameWatcher watcher;
  std::vector<float> distances, motions;
  ClipShots out;
  media::VideoWalk walk;
  walk.longer_side = kWatchedSide;
  walk.take = [&](const media::VideoFrame& frame) {
    services.cancel.check();
    const auto change = watcher.next(*frame.image);
    distances.push_back(change.histogram);
    motions.push_back(change.motion);
    out.seconds = frame.seconds;
    return true;
  };
  out.reason = clip.walk(walk);
  if (out.reason.empty() && distances.empty()) out.reason = "a clip without frames";
  if (!out.reason.empty()) return out;
  out.frames = std::ssize(distances);
  out.starts = shot_starts(distances, rule);
  set_motion(motions, out);
  return out;
}

std::vector<KeyFrame> key_frames(const ClipShots& shots, int most) {
  const auto count = std::ssize(shots.starts);
  const auto wanted = std::min<std::int64_t>(count, most);
  std::vector<KeyFrame> out;
  for (std::int64_t k = 0; k < wanted; ++k) {
    const auto shot = static_cast<std::size_t>((2 * k + 1) * count / (2 * wanted));
    const auto end = shot + 1 < shots.starts.size() ? shots.starts[shot + 1] : shots.frames;
    out.push_back({(shots.starts[shot] + end - 1) / 2, shot});
  }
  return out;
}

}  // namespace medley::features

#pragma once

#include "medley/media/image/image.h"

#include <cstdint>
#include <span>
#include <vector>

namespace medley::features {

/// How two frames that follow each other differ.
struct Change {
  /// Half the L1 distance of their histograms of hue (8 bins, a circle), chroma (saturation times value) and
  /// value (4 bins each), in [0, 1]. Each is of sum 1. A pixel counts in all bins around it, the more the
  /// nearer it is, so that a colour that changes a little moves a little.
  float histogram = 0.0f;
  float motion = 0.0f;  ///< mean absolute difference of their grey values, in [0, 1]
};

/// Watches the frames of a clip go by, all of one size; small ones (64 pixels) do. Memory: one frame's.
class FrameWatcher {
 public:
  /// What changed since the frame before; nothing at the first, and at one of another size than that before.
  Change next(const media::Image& frame);

 private:
  std::vector<float> histogram_;
  std::vector<std::uint8_t> grey_;
};

/// When a change is a cut.
struct CutRule {
  double threshold = 0.3;  ///< a cut's histogram distance is at least this,
  double ratio = 3.0;  ///< at least this many times the mean of the distances around it (within 12 frames),
  int min_frames = 5;  ///< and the largest within this many frames to both sides: no shot is shorter
};

/// Frames at which a new shot begins, 0 first, ascending. `distances[t]` is that of frame t to frame t - 1;
/// the first is not read. Hard cuts only: a fade whose frames are all nearer than the threshold to the one
/// before, as in one of half a second, is one shot. Empty for no frames.
std::vector<std::int64_t> shot_starts(std::span<const float> distances, const CutRule& rule);

}  // namespace medley::features

#pragma once

#include "medley/core/services.h"
#include "medley/features/video/clip.h"
#include "medley/features/video/cuts.h"

#include <cstdint>
#include <string>
#include <vector>

namespace medley::features {

/// What a clip shows when it is seen small: where its shots begin, and how much moves in them.
struct ClipShots {
  std::string reason;                ///< why the clip cannot be used, or "": then the rest says nothing
  std::vector<std::int64_t> starts;  ///< the first frame of each shot
  std::int64_t frames = 0;
  double seconds = 0.0;  ///< at which the last frame is shown
  /// Mean and deviation of the motion (mean absolute difference of grey values, in [0, 1]) from frame to
  /// frame, cuts left out.
  double motion = 0.0;
  double motion_deviation = 0.0;
};

/// Decodes the clip once. Memory: two numbers a frame.
ClipShots clip_shots(const Clip& clip, const CutRule& rule, const Services& services);

/// The frame that stands for a shot.
struct KeyFrame {
  std::int64_t number = 0;
  std::size_t shot = 0;
};

/// The middle frame of each shot, ascending; of more than `most` shots as many, evenly chosen.
std::vector<KeyFrame> key_frames(const ClipShots& shots, int most);

}  // namespace medley::features

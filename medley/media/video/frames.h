#pragma once

#include "medley/media/image/image.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>

namespace medley::media {

struct VideoLimits {
  std::int64_t max_pixels = 50'000'000;  ///< of a frame
  /// Of a longer clip the first seconds are read.
  double max_seconds = 600.0;
};

/// One frame of a clip, upright.
struct VideoFrame {
  std::int64_t number = 0;  ///< from 0, in the order in which the frames are shown
  double seconds = 0.0;     ///< since the clip's first frame; never less than that of the frame before
  const Image* image = nullptr;
};

/// How a clip is walked through.
struct VideoWalk {
  /// The longer side of the pictures that are handed out; smaller ones are not enlarged. 0: as they are.
  int longer_side = 0;
  /// Whether the frame of this number is wanted; the others are decoded and not converted. Empty: every one.
  std::function<bool(std::int64_t number)> wants;
  /// Takes a frame, valid during the call; false ends the walk.
  std::function<bool(const VideoFrame&)> take;
};

/// Decodes a clip frame by frame, in memory for two of them. The rotation that its metadata ask for is
/// applied. Why it cannot be used, or "": a file that is broken in more than a few packets, or that ends well
/// before the time it claims, is refused at its end, after frames were handed out.
///
/// Thread-safe. Bad bytes never throw: they give a reason.
std::string walk_video(std::span<const std::byte> bytes, const VideoLimits& limits, const VideoWalk& walk);

}  // namespace medley::media

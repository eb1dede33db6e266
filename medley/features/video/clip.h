#pragma once

#include "medley/media/video/frames.h"

#include <functional>
#include <string>

namespace medley::features {

/// The pictures of one item's clip, decoded anew at each walk, so that a long one needs no memory.
class Clip {
 public:
  using Walk = std::function<std::string(const media::VideoWalk&)>;

  /// `walk` goes through the frames as media::walk_video does; it may not throw.
  explicit Clip(Walk walk) : walk_(std::move(walk)) {}

  /// Why the clip cannot be used, or "".
  std::string walk(const media::VideoWalk& how) const { return walk_(how); }

 private:
  Walk walk_;
};

}  // namespace medley::features

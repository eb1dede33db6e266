#pragma once

#include "medley/features/video/clip.h"
#include "medley/media/video/frames.h"

#include <span>
#include <string>
#include <utility>

namespace medley::features::test {

/// The clip in the bytes of a file.
inline Clip clip_of(std::string file) {
  return Clip([file = std::move(file)](const media::VideoWalk& how) {
    return media::walk_video(std::as_bytes(std::span(file)), {}, how);
  });
}

}  // namespace medley::features::test

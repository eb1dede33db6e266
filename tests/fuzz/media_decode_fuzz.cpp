#include "medley/media/audio/decode.h"
#include "medley/media/video/frames.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

/// Any bytes give samples no longer than allowed and frames no larger, in order, or a reason.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace medley::media;
  const auto bytes = std::as_bytes(std::span(data, size));
  const auto sound = decode_audio(bytes, 8000, {.max_seconds = 2.0});
  if (sound.samples.empty() == sound.reason.empty() || sound.samples.size() > 16'000) std::abort();

  constexpr std::int64_t kMaxPixels = 1 << 16;
  double before = -1.0;
  VideoWalk walk;
  walk.longer_side = 32;
  walk.take = [&](const VideoFrame& frame) {
    const auto pixels = std::int64_t{frame.image->width} * frame.image->height;
    if (pixels < 1 || pixels > 32 * 32 || frame.image->rgb.size() != 3 * static_cast<std::size_t>(pixels))
      std::abort();
    if (!(frame.seconds > before) || frame.seconds >= 2.0) std::abort();
    before = frame.seconds;
    return true;
  };
  walk_video(bytes, {kMaxPixels, 2.0}, walk);
  return 0;
}

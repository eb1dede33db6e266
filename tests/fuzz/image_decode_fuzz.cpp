#include "medley/media/image/decode.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

/// Any bytes give a picture of the size it says, or a reason; never both, never neither.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::int64_t kMaxPixels = 1 << 20;
  for (const int min_side : {0, 16}) {
    const auto decoded =
        medley::media::decode_image(std::as_bytes(std::span(data, size)), {kMaxPixels}, min_side);
    if (decoded.image.has_value() == !decoded.reason.empty()) std::abort();
    if (!decoded.image) continue;
    const auto pixels = std::int64_t{decoded.image->width} * decoded.image->height;
    if (pixels < 1 || pixels > kMaxPixels) std::abort();
    if (decoded.image->rgb.size() != 3 * static_cast<std::size_t>(pixels)) std::abort();
  }
  return 0;
}

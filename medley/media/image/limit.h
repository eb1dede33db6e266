#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <string>

namespace medley::media {

/// Both sides within what an `Image` can hold and their product within `max_pixels`; no overflow.
inline bool within_limit(std::int64_t width, std::int64_t height, std::int64_t max_pixels) {
  return width > 0 && height > 0 && width <= INT32_MAX && height <= max_pixels / width && height <= INT32_MAX;
}

inline std::string too_large(std::int64_t width, std::int64_t height, std::int64_t max_pixels) {
  return fmt::format("{} x {} pixels, the limit is {}", width, height, max_pixels);
}

}  // namespace medley::media

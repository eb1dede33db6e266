#pragma once

#include <cstdint>

namespace medley::media {

/// One sample of straight (not premultiplied) alpha laid over white, both 8-bit, rounded to nearest.
inline std::uint8_t over_white(std::uint32_t value, std::uint32_t alpha) {
  return static_cast<std::uint8_t>((value * alpha + 255 * (255 - alpha) + 127) / 255);
}

/// The same for 16-bit samples, scaled to 8 bits: 65535 is 257 * 255, so that a ramp keeps all 256 levels.
inline std::uint8_t over_white_16(std::uint64_t value, std::uint64_t alpha) {
  constexpr std::uint64_t kMax = 65535;
  const std::uint64_t laid = (value * alpha + kMax * (kMax - alpha) + kMax / 2) / kMax;
  return static_cast<std::uint8_t>((laid + 128) / 257);
}

}  // namespace medley::media

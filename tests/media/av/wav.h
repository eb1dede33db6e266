#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

namespace medley::media {

/// The bytes of a RIFF/WAVE file. `format` 1: whole numbers of `bits` (8: unsigned), 3: 32-bit floats.
/// `samples` in [-1, 1], the channels of one moment after each other.
inline std::string wav_bytes(const std::vector<float>& samples, int rate, int channels = 1, int bits = 16,
                             int format = 1) {
  std::string data;
  const auto put = [](std::string& out, std::uint32_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) out += static_cast<char>((value >> (8 * i)) & 0xff);
  };
  for (const float sample : samples) {
    if (format == 3) {
      put(data, std::bit_cast<std::uint32_t>(sample), 4);
    } else if (bits == 8) {
      put(data, static_cast<std::uint32_t>(128.0f + 127.0f * sample), 1);
    } else {
      const double full = static_cast<double>((std::int64_t{1} << (bits - 1)) - 1);
      put(data, static_cast<std::uint32_t>(static_cast<std::int32_t>(full * static_cast<double>(sample))),
          bits / 8);
    }
  }
  const int frame = channels * bits / 8;
  std::string out = "RIFF";
  put(out, static_cast<std::uint32_t>(36 + data.size()), 4);
  out += "WAVEfmt ";
  put(out, 16, 4);
  put(out, static_cast<std::uint32_t>(format), 2);
  put(out, static_cast<std::uint32_t>(channels), 2);
  put(out, static_cast<std::uint32_t>(rate), 4);
  put(out, static_cast<std::uint32_t>(rate * frame), 4);
  put(out, static_cast<std::uint32_t>(frame), 2);
  put(out, static_cast<std::uint32_t>(bits), 2);
  out += "data";
  put(out, static_cast<std::uint32_t>(data.size()), 4);
  return out + data;
}

}  // namespace medley::media

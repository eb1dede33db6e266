#pragma once

#include <algorithm>
#include <cstdint>
#include <stdexcept>
#include <string>

namespace medley::media {

/// An MP4 file whose table of display times (box ctts: a count and an offset an entry) is stored back to
/// front: its frames lie as before and say that they are shown at other times.
inline std::string reversed_stamps(std::string file) {
  constexpr std::size_t kCount = 8, kEntries = 12, kEntry = 8;
  const auto box = file.find("ctts");
  if (box == std::string::npos) throw std::runtime_error("the clip has no table of display times");
  std::size_t count = 0;
  for (std::size_t i = 0; i < 4; ++i) count = count << 8 | static_cast<std::uint8_t>(file[box + kCount + i]);
  for (std::size_t front = 0, back = count - 1; front < back; ++front, --back) {
    const auto at = [&](std::size_t entry) {
      return file.begin() + static_cast<std::ptrdiff_t>(box + kEntries + entry * kEntry);
    };
    std::swap_ranges(at(front), at(front) + kEntry, at(back));
  }
  return file;
}

/// An MPEG transport stream in which each two blocks of `packets` packets have changed places, but for the
/// first block, which tells what the file holds.
inline std::string swapped_blocks(const std::string& file, std::size_t packets) {
  constexpr std::size_t kPacket = 188;
  const auto bytes = packets * kPacket;
  auto out = file.substr(0, bytes);
  for (auto at = bytes; at < file.size(); at += 2 * bytes) {
    if (at + bytes < file.size()) out += file.substr(at + bytes, bytes);
    out += file.substr(at, bytes);
  }
  return out;
}

}  // namespace medley::media

#include "medley/media/av/cut_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <string_view>

namespace medley::media {
namespace {

constexpr std::uint64_t kUnknownFrom = 0x7fff'0000;

std::uint64_t little_endian(std::string_view file, std::size_t at, std::size_t count) {
  std::uint64_t out = 0;
  for (std::size_t i = count; i-- > 0;) out = out << 8 | static_cast<std::uint8_t>(file[at + i]);
  return out;
}

std::string cut_riff(std::string_view file) {
  constexpr std::size_t kHeader = 8;  // the name and the size do not count
  constexpr std::size_t kWideSize = 20;
  std::uint64_t body = 0;
  if (file.starts_with("RIFF") && file.size() >= kHeader) {
    body = little_endian(file, 4, 4);
    if (body >= kUnknownFrom) return {};
  } else if (file.starts_with("RF64") && file.substr(0, 16).ends_with("ds64") &&
             file.size() >= kWideSize + 8) {
    body = little_endian(file, kWideSize, 8);
    if (body >= UINT64_MAX - kHeader) return {};
  }
  if (body <= 1 || file.size() >= body - 1 + kHeader) return {};
  return fmt::format("cut short: {} of {} bytes are there", file.size(), body + kHeader);
}

std::string cut_ogg(std::string_view file) {
  constexpr std::size_t kFlags = 5, kSegments = 26, kHeader = 27;
  constexpr unsigned kEndOfStream = 4;
  const auto page = file.substr(file.rfind("OggS"));
  bool whole = page.size() >= kHeader;
  if (whole) {
    const auto segments = static_cast<std::uint8_t>(page[kSegments]);
    const auto table = page.substr(kHeader, segments);
    std::size_t end = kHeader + segments;
    for (const char lacing : table) end += static_cast<std::uint8_t>(lacing);
    whole = page.size() >= end;
  }
  if (!whole) return fmt::format("cut short: its last page, of {} bytes, is not all there", page.size());
  if ((static_cast<std::uint8_t>(page[kFlags]) & kEndOfStream) == 0)
    return "cut short: its last page does not end the stream";
  return {};
}

}  // namespace

std::string cut_file(std::span<const std::byte> bytes) {
  const std::string_view file(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  return file.starts_with("OggS") ? cut_ogg(file) : cut_riff(file);
}

}  // namespace medley::media

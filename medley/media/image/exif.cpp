#include "medley/media/image/exif.h"

#include "medley/media/image/byte_reader.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace medley::media {

namespace {

constexpr std::uint32_t kOrientationTag = 0x0112;
constexpr std::uint32_t kShort = 3;
constexpr std::uint32_t kLong = 4;

}  // namespace

std::vector<std::uint32_t> tiff_values(std::span<const std::byte> tiff, std::uint32_t tag) {
  const bool big_endian = ByteReader(tiff).is(0, "MM");
  const ByteReader in(tiff, big_endian);
  if ((!big_endian && !in.is(0, "II")) || in.u16(2) != 42) return {};
  const std::size_t directory = in.u32(4);
  if (directory < 8 || !in.has(directory, 2)) return {};
  const std::size_t entries = in.u16(directory);
  for (std::size_t i = 0; i < entries; ++i) {
    const std::size_t at = directory + 2 + 12 * i;
    if (!in.has(at, 12)) return {};
    const std::uint32_t type = in.u16(at + 2);
    if (in.u16(at) != tag || (type != kShort && type != kLong)) continue;
    const std::size_t count = in.u32(at + 4), bytes = type == kShort ? 2 : 4;
    // Up to four bytes stand in the entry itself, more where it points to.
    const std::size_t start = count * bytes <= 4 ? at + 8 : in.u32(at + 8);
    if (!in.has(start, count * bytes)) return {};
    std::vector<std::uint32_t> values(count);
    for (std::size_t j = 0; j < count; ++j) {
      values[j] = type == kShort ? in.u16(start + 2 * j) : in.u32(start + 4 * j);
    }
    return values;
  }
  return {};
}

std::optional<std::uint32_t> tiff_value(std::span<const std::byte> tiff, std::uint32_t tag) {
  const auto values = tiff_values(tiff, tag);
  return values.size() == 1 ? std::optional(values[0]) : std::nullopt;
}

int exif_orientation(std::span<const std::byte> exif) {
  using namespace std::string_view_literals;
  constexpr auto kPrefix = "Exif\0\0"sv;
  if (ByteReader(exif).is(0, kPrefix)) exif = exif.subspan(kPrefix.size());
  const auto value = tiff_value(exif, kOrientationTag).value_or(1);
  return value >= 1 && value <= 8 ? static_cast<int>(value) : 1;
}

Image upright(Image stored, int orientation) {
  if (orientation <= 1 || orientation > 8) return stored;
  // Bit by bit: 5-8 lie on their side; the stored first row is the upright bottom (3, 4), right (6, 7);
  // the stored first column is the upright right (2, 3), bottom (7, 8).
  const bool transposed = orientation >= 5;
  const bool flip_x = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
  const bool flip_y = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
  Image out =
      transposed ? Image::sized(stored.height, stored.width) : Image::sized(stored.width, stored.height);
  const auto width = static_cast<std::size_t>(stored.width);
  const auto height = static_cast<std::size_t>(stored.height);
  const auto out_width = static_cast<std::size_t>(out.width);
  for (std::size_t y = 0; y < height; ++y) {
    const std::size_t to_y = flip_y ? height - 1 - y : y;
    for (std::size_t x = 0; x < width; ++x) {
      const std::size_t to_x = flip_x ? width - 1 - x : x;
      const std::size_t to = transposed ? to_x * out_width + to_y : to_y * out_width + to_x;
      std::memcpy(&out.rgb[3 * to], &stored.rgb[3 * (y * width + x)], 3);
    }
  }
  return out;
}

}  // namespace medley::media

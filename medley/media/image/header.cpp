#include "medley/media/image/header.h"

#include "medley/media/image/byte_reader.h"
#include "medley/media/image/exif.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <iterator>

namespace medley::media {

using namespace std::string_view_literals;

ImageFormat image_format(Bytes bytes) {
  const ByteReader in(bytes);
  if (in.is(0, "\xff\xd8\xff"sv)) return ImageFormat::jpeg;
  if (in.is(0, "\x89PNG\r\n\x1a\n"sv)) return ImageFormat::png;
  if (in.is(0, "RIFF") && in.is(8, "WEBP")) return ImageFormat::webp;
  if (in.is(0, "BM") && in.has(0, 26) && in.u32(6) == 0) return ImageFormat::bmp;
  if (in.is(0, "II*\0"sv) || in.is(0, "MM\0*"sv)) return ImageFormat::tiff;
  if (in.is(0, "GIF87a") || in.is(0, "GIF89a")) return ImageFormat::gif;
  if (in.is(4, "ftyp") && (in.is(8, "avif") || in.is(8, "heic") || in.is(8, "mif1")))
    return ImageFormat::heif;
  return ImageFormat::unknown;
}

namespace {

constexpr std::uint32_t kStartOfScan = 0xda;
constexpr std::uint32_t kEndOfImage = 0xd9;

bool stands_alone(std::uint32_t marker) {
  return marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8);
}

bool starts_frame(std::uint32_t marker) {
  return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

}  // namespace

ImageHeader jpeg_header(Bytes bytes) {
  const ByteReader in(bytes, true);
  ImageHeader header;
  bool framed = false;
  std::size_t at = 2;
  while (true) {
    while (in.has(at, 1) && in.u8(at) != 0xff) ++at;
    while (in.u8(at) == 0xff) ++at;
    if (!in.has(at, 1)) break;
    const std::uint32_t marker = in.u8(at++);
    if (marker == kEndOfImage || marker == kStartOfScan) {
      if (!framed) header.problem = "JPEG without a picture";
      return header;
    }
    if (stands_alone(marker) || marker == 0) continue;
    const std::size_t length = in.u16(at);
    if (length < 2 || !in.has(at, length)) break;
    if (starts_frame(marker) && length >= 8) {
      header.height = in.u16(at + 3);
      header.width = in.u16(at + 5);
      header.components = static_cast<int>(in.u8(at + 7));
      framed = true;
    } else if (marker == 0xe1 && in.is(at + 2, "Exif\0"sv)) {
      header.orientation = exif_orientation(in.part(at + 2, length - 2));
    } else if (marker == 0xee && in.is(at + 2, "Adobe")) {
      header.adobe = true;
    }
    at += length;
  }
  header.problem = "JPEG cut short";
  return header;
}

namespace {

constexpr std::uint32_t kWebpAnimated = 0x02;

int webp_orientation(const ByteReader& in) {
  std::size_t at = 12;
  while (in.has(at, 8)) {
    const std::size_t length = in.u32(at + 4);
    if (!in.has(at + 8, length)) return 1;
    if (in.is(at, "EXIF")) return exif_orientation(in.part(at + 8, length));
    at += 8 + length + length % 2;
  }
  return 1;
}

}  // namespace

ImageHeader webp_header(Bytes bytes) {
  const ByteReader in(bytes);
  ImageHeader header;
  if (!in.has(8, in.u32(4))) {
    header.problem = "WebP cut short";
  } else if (in.is(12, "VP8X")) {
    header.width = in.u24(24) + 1;
    header.height = in.u24(27) + 1;
    header.orientation = webp_orientation(in);
    if (in.u8(20) & kWebpAnimated) header.problem = "animated WebP is not supported";
  } else if (in.is(12, "VP8L")) {
    header.width = (in.u32(21) & 0x3fff) + 1;
    header.height = (in.u32(21) >> 14 & 0x3fff) + 1;
  } else if (in.is(12, "VP8 ")) {
    header.width = in.u16(26) & 0x3fff;
    header.height = in.u16(28) & 0x3fff;
  } else {
    header.problem = "broken WebP: no picture in it";
  }
  if (header.problem.empty() && (header.width == 0 || header.height == 0)) header.problem = "WebP cut short";
  return header;
}

ImageHeader bmp_header(Bytes bytes) {
  constexpr std::uint32_t kOldHeader = 12;
  constexpr std::uint32_t kPlain = 0;
  constexpr std::uint32_t kBitFields = 3;
  const ByteReader in(bytes);
  ImageHeader header;
  std::int64_t bits = 0;
  if (in.u32(14) == kOldHeader) {
    header.width = in.u16(18);
    header.height = in.u16(20);
    bits = in.u16(24);
  } else if (in.has(0, 54)) {
    header.width = in.i32(18);
    header.height = std::abs(std::int64_t{in.i32(22)});
    bits = in.u16(28);
    constexpr std::array<std::uint32_t, 5> kHeaders{40, 56, 64, 108, 124};
    if (std::ranges::find(kHeaders, in.u32(14)) == kHeaders.end()) {
      header.problem = fmt::format("BMP with a header of {} bytes is not supported", in.u32(14));
    } else if (in.u32(30) != kPlain && in.u32(30) != kBitFields) {
      header.problem = "BMP with compression is not supported";
    }
  } else {
    header.problem = "BMP cut short";
  }
  if (!header.problem.empty() || header.width <= 0) return header;
  // Each row is filled up to 4 bytes. The product fits: 2^31 * 2^16 bits is below 2^63 by far.
  const std::int64_t row_bytes = (header.width * bits + 31) / 32 * 4;
  const std::int64_t present = static_cast<std::int64_t>(in.size()) - std::int64_t{in.u32(10)};
  if (row_bytes == 0 || header.height > present / row_bytes) header.problem = "BMP cut short";
  return header;
}

namespace {

namespace tag {
constexpr std::uint32_t kWidth = 256, kHeight = 257, kBits = 258, kStripStarts = 273, kStripSizes = 279,
                        kTileWidth = 322, kTileHeight = 323, kTileStarts = 324, kTileSizes = 325,
                        kSamples = 277, kExtra = 338, kSampleFormat = 339;
}  // namespace tag

/// Whether all stored strips or tiles lie inside the file, which libtiff would find only on the way.
bool parts_lie_inside(Bytes bytes, std::uint32_t starts_tag, std::uint32_t sizes_tag) {
  const auto starts = tiff_values(bytes, starts_tag), sizes = tiff_values(bytes, sizes_tag);
  if (starts.empty() || starts.size() != sizes.size()) return false;
  for (std::size_t i = 0; i < starts.size(); ++i)
    if (std::uint64_t{starts[i]} + sizes[i] > bytes.size()) return false;
  return true;
}

std::string tiff_problem(Bytes bytes, const ImageHeader& header) {
  const auto value = [&](std::uint32_t id) { return std::int64_t{tiff_value(bytes, id).value_or(0)}; };
  if (header.width == 0 || header.height == 0) return "broken TIFF: no size in it";
  constexpr std::int64_t kMaxSide = 1 << 20, kMaxSamples = 5, kMaxTile = 1 << 22;
  if (header.width > kMaxSide || header.height > kMaxSide)
    return fmt::format("TIFF of {} x {} pixels, a side may have {}", header.width, header.height, kMaxSide);
  const std::int64_t samples = value(tag::kSamples);
  const auto bits = tiff_values(bytes, tag::kBits);
  if (samples > kMaxSamples || std::ssize(bits) > kMaxSamples)
    return fmt::format("TIFF with {} samples a pixel is not supported", std::max(samples, std::ssize(bits)));
  // A tile is decoded whole, so that it needs the same bound as the picture.
  const std::int64_t tile_width = value(tag::kTileWidth), tile_height = value(tag::kTileHeight);
  if (tile_width > kMaxSide || tile_height > kMaxSide ||
      tile_width * tile_height > header.width * header.height + kMaxTile)
    return fmt::format("broken TIFF: tiles of {} x {}", tile_width, tile_height);
  const bool tiled = tile_width != 0;
  if (!parts_lie_inside(bytes, tiled ? tag::kTileStarts : tag::kStripStarts,
                        tiled ? tag::kTileSizes : tag::kStripSizes))
    return "TIFF cut short";
  for (const std::uint32_t format : tiff_values(bytes, tag::kSampleFormat)) {
    if (format != 1) return "TIFF with signed or float samples is not supported";
  }
  const bool extra = !tiff_values(bytes, tag::kExtra).empty();
  for (const std::uint32_t each : bits) {
    if (each > 16) return fmt::format("TIFF with {} bits a sample is not supported", each);
    // libtiff's RGBA interface passes over the alpha of 16-bit grey.
    if (each > 8 && extra) return "TIFF with 16-bit alpha is not supported";
  }
  return {};
}

}  // namespace

ImageHeader tiff_header(Bytes bytes) {
  ImageHeader header;
  header.width = tiff_value(bytes, tag::kWidth).value_or(0);
  header.height = tiff_value(bytes, tag::kHeight).value_or(0);
  header.orientation = exif_orientation(bytes);
  header.problem = tiff_problem(bytes, header);
  return header;
}

}  // namespace medley::media

#include "medley/media/image/decode.h"

#include "medley/media/image/bmp.h"
#include "medley/media/image/exif.h"
#include "medley/media/image/header.h"
#include "medley/media/image/jpeg.h"
#include "medley/media/image/limit.h"
#include "medley/media/image/png.h"
#include "medley/media/image/tiff.h"
#include "medley/media/image/webp.h"

#include <new>

namespace medley::media {

namespace {

std::string refusal(const ImageHeader& header, std::int64_t max_pixels) {
  if (!header.problem.empty()) return header.problem;
  return within_limit(header.width, header.height, max_pixels)
             ? std::string()
             : too_large(header.width, header.height, max_pixels);
}

Decoded decode_jpeg_upright(Bytes bytes, std::int64_t max_pixels, int min_side) {
  const ImageHeader header = jpeg_header(bytes);
  if (auto why = refusal(header, max_pixels); !why.empty()) return why;
  Decoded decoded = decode_jpeg(bytes, header, min_side);
  if (decoded.image) decoded.image = upright(std::move(*decoded.image), header.orientation);
  return decoded;
}

/// The formats whose decoders take memory for the whole picture at once: their headers are read first.
Decoded decode_checked(Bytes bytes, const ImageHeader& header, std::int64_t max_pixels,
                       Decoded (*decode)(Bytes, const ImageHeader&)) {
  if (auto why = refusal(header, max_pixels); !why.empty()) return why;
  return decode(bytes, header);
}

}  // namespace

Decoded decode_image(std::span<const std::byte> bytes, const DecodeLimits& limits, int min_side) try {
  if (bytes.empty()) return std::string("0 bytes");
  switch (image_format(bytes)) {
    case ImageFormat::jpeg: return decode_jpeg_upright(bytes, limits.max_pixels, min_side);
    case ImageFormat::png: return decode_png(bytes, limits.max_pixels);
    case ImageFormat::webp: return decode_checked(bytes, webp_header(bytes), limits.max_pixels, decode_webp);
    case ImageFormat::bmp: return decode_checked(bytes, bmp_header(bytes), limits.max_pixels, decode_bmp);
    case ImageFormat::tiff: return decode_checked(bytes, tiff_header(bytes), limits.max_pixels, decode_tiff);
    case ImageFormat::gif: return std::string("GIF is not supported");
    case ImageFormat::heif: return std::string("HEIF and AVIF are not supported");
    case ImageFormat::unknown: break;
  }
  return std::string("not an image");
} catch (const std::bad_alloc&) {
  return std::string("not enough memory to decode it");
}

int reduction(std::span<const std::byte> bytes, int min_side) {
  if (min_side <= 0 || image_format(bytes) != ImageFormat::jpeg) return 1;
  const ImageHeader header = jpeg_header(bytes);
  return header.problem.empty() ? jpeg_reduction(header, min_side) : 1;
}

}  // namespace medley::media

#pragma once

#include "medley/media/image/image.h"

#include <cstddef>
#include <cstdint>
#include <span>

namespace medley::media {

struct DecodeLimits {
  /// Larger pictures are refused from their header, before memory is taken. Decoding takes at most
  /// 11 bytes a pixel, a TIFF of more than three samples 14 and 64 MB, so the default bounds it to 550 MB a
  /// call, 770 MB with such.
  std::int64_t max_pixels = 50'000'000;
};

/// Decodes a JPEG, PNG, WebP, BMP or TIFF, told apart by their first bytes. The EXIF orientation is applied,
/// transparency is laid over white, 16-bit samples are scaled to 8 bits, of several pages the first is taken.
/// A file from which any pixel cannot be read is refused as a whole: a grey half would become a feature.
///
/// With `min_side` > 0 a JPEG may come back reduced (cheaper: its DCT blocks are scaled) to a half, a quarter
/// or an eighth with both sides still >= `min_side`; it is then near the area average, not equal to it.
///
/// Thread-safe. Bad bytes never throw: they give a reason.
Decoded decode_image(std::span<const std::byte> bytes, const DecodeLimits& limits = {}, int min_side = 0);

/// By what `decode_image` divides the sides when it is asked for `min_side`: 1, 2, 4 or 8, and 1 for all that
/// is no JPEG. Looks at the header alone; thread-safe, never throws.
int reduction(std::span<const std::byte> bytes, int min_side);

}  // namespace medley::media

#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace medley::media {

using Bytes = std::span<const std::byte>;

enum class ImageFormat { unknown, jpeg, png, webp, bmp, tiff, gif, heif };

/// Told by the first bytes, never by a name.
ImageFormat image_format(Bytes bytes);

/// What a file says about itself before its pixels are decoded. Nothing here is to be believed beyond a limit
/// check: decoders check again.
struct ImageHeader {
  std::int64_t width = 0;
  std::int64_t height = 0;
  /// EXIF orientation, 1 to 8.
  int orientation = 1;
  /// JPEG: number of colour components, and whether the Adobe marker is there (its CMYK is stored inverted).
  int components = 3;
  bool adobe = false;
  /// Not empty: the file cannot be decoded, and why.
  std::string problem;
};

/// Headers of the formats whose decoders do not check sizes before they take memory. Never throw, never read
/// outside `bytes`; what is cut short or contradictory has a `problem`.
ImageHeader jpeg_header(Bytes bytes);
ImageHeader webp_header(Bytes bytes);
ImageHeader bmp_header(Bytes bytes);
ImageHeader tiff_header(Bytes bytes);

}  // namespace medley::media

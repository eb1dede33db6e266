#pragma once

#include "medley/media/image/image.h"

#include <cstddef>
#include <string>

namespace medley::media {

/// What a thumbnail has at most: pixels on its longer side, and bytes.
inline constexpr int kThumbnailSide = 96;
inline constexpr std::size_t kThumbnailBytes = 1500;

/// The picture as a WebP of at most `kThumbnailSide` pixels a side and `kThumbnailBytes` bytes, its shape
/// kept (a side of a very long picture is at least one pixel). Quality falls first, then size, until it fits.
/// Same picture, same bytes. Thread-safe. Throws `internal` should even the smallest not fit.
std::string thumbnail(const Image& image);

}  // namespace medley::media

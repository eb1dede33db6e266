#pragma once

#include "medley/media/image/header.h"
#include "medley/media/image/image.h"

#include <string>

namespace medley::media {

/// Decodes a still WebP by libwebp, over white, upright. `header` is of the same file, without a problem, its
/// size checked. Thread-safe; bad bytes give a reason.
Decoded decode_webp(Bytes bytes, const ImageHeader& header);

/// The picture as a lossy WebP of `quality` 0 to 100; the same bytes for the same picture. Empty where
/// libwebp cannot write it: above 16,383 pixels a side.
std::string encode_webp(const Image& image, int quality);

}  // namespace medley::media

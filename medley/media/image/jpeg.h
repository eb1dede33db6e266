#pragma once

#include "medley/media/image/header.h"
#include "medley/media/image/image.h"

namespace medley::media {

/// The strongest reduction that keeps both sides at or above `min_side`: 1, 2, 4 or 8; 1 without `min_side`.
int jpeg_reduction(const ImageHeader& header, int min_side);

/// Decodes the pixels as they are stored (orientation not applied). `header` is that of `jpeg_header`,
/// without a problem, its size checked. See `decode_image` for `min_side`. Any warning of the decoder is a
/// reason.
Decoded decode_jpeg(Bytes bytes, const ImageHeader& header, int min_side);

}  // namespace medley::media

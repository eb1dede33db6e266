#pragma once

#include "medley/media/image/header.h"
#include "medley/media/image/image.h"

namespace medley::media {

/// Decodes an uncompressed BMP of 1, 4, 8, 16, 24 or 32 bits a pixel by FFmpeg; one of 4 bits a colour is not
/// supported. The fourth byte of 32-bit pixels is most
/// often unused and zero: it is not taken for alpha. `header` is of the same file, without a problem, its
/// size checked. Thread-safe; bad bytes give a reason.
Decoded decode_bmp(Bytes bytes, const ImageHeader& header);

}  // namespace medley::media

#pragma once

#include "medley/media/image/header.h"
#include "medley/media/image/image.h"

namespace medley::media {

/// Decodes the first picture of a TIFF by libtiff's RGBA interface, at 8 bits a sample, over white, upright.
/// Compressions are those of TIFF 6.0, LZW, Deflate, JPEG and PackBits; the others' decoders are not bounded.
/// `header` is of the same file, without a problem, its size checked. Thread-safe; bad bytes give a reason.
Decoded decode_tiff(Bytes bytes, const ImageHeader& header);

}  // namespace medley::media

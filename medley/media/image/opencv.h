#pragma once

#include "medley/media/image/header.h"
#include "medley/media/image/image.h"

namespace medley::media {

/// Sets what OpenCV keeps for the whole process, once: one thread (ours are the threads, and sums stay in one
/// order) and no messages on stderr. Called by everything here that uses OpenCV; thread-safe.
void set_up_opencv();

/// Decodes a WebP, BMP or TIFF, over white, upright. `header` is of the same file, without a problem, its
/// size checked.
Decoded decode_by_opencv(Bytes bytes, ImageFormat format, const ImageHeader& header);

}  // namespace medley::media

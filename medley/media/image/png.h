#pragma once

#include "medley/media/image/header.h"
#include "medley/media/image/image.h"

namespace medley::media {

/// Decodes a PNG, upright (its eXIf chunk is honoured) and over white. The size is checked before memory for
/// pixels is taken.
Decoded decode_png(Bytes bytes, std::int64_t max_pixels);

}  // namespace medley::media

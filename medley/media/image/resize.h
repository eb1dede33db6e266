#pragma once

#include "medley/media/image/image.h"

namespace medley::media {

/// The picture at another size: a side that shrinks is averaged over areas (no aliasing), a side that grows
/// is interpolated linearly. The shape may change. Same input, same output. Both sides must be >= 1.
Image resize(const Image& image, int width, int height);

}  // namespace medley::media

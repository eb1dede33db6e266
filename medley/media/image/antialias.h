#pragma once

#include "medley/media/image/image.h"

namespace medley::media {

/// A part of a picture.
struct Window {
  int left = 0;
  int top = 0;
  int width = 0;
  int height = 0;
};

/// `window` of the picture resized to `width` x `height` by a triangle filter that widens as the picture
/// shrinks, first across, then down: the bytes of Pillow's resize(..., BILINEAR), by which most networks were
/// trained. (Pillow 13 goes down first where it counts that cheaper, and is then a level apart here and
/// there; Pillow 9 never does.) Only the window is computed. Sides must be >= 1 and the window inside.
Image resize_antialiased(const Image& image, int width, int height, const Window& window);

}  // namespace medley::media

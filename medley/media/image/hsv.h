#pragma once

#include "medley/media/image/image.h"

#include <span>

namespace medley::media {

/// Fills `hsv` [pixels x 3]: hue in [0, 360), saturation and value in [0, 1]. Greys have hue 0. Throws when
/// `hsv` is not as long as `image.rgb`.
void rgb_to_hsv(const Image& image, std::span<float> hsv);

}  // namespace medley::media

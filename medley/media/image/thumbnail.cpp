#include "medley/media/image/thumbnail.h"

#include "medley/core/error.h"
#include "medley/media/image/resize.h"
#include "medley/media/image/webp.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace medley::media {
namespace {

Image within(const Image& image, int side) {
  const double scale = std::min(1.0, double(side) / std::max(image.width, image.height));
  const auto scaled = [&](int length) { return std::max(1, static_cast<int>(std::lround(length * scale))); };
  return scale < 1.0 ? resize(image, scaled(image.width), scaled(image.height)) : image;
}

}  // namespace

std::string thumbnail(const Image& image) {
  require(image.width > 0 && image.height > 0, "a thumbnail of a picture without pixels was asked for");
  for (int side = kThumbnailSide; side >= 1; side = side * 3 / 4) {
    const auto small = within(image, side);
    for (const int quality : {60, 40, 25, 10}) {
      auto bytes = encode_webp(small, quality);
      if (!bytes.empty() && bytes.size() <= kThumbnailBytes) return bytes;
    }
  }
  fail(ErrorCode::internal, "no thumbnail of a {} x {} picture fits {} bytes", image.width, image.height,
       kThumbnailBytes);
}

}  // namespace medley::media

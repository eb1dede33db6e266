#include "medley/media/image/thumbnail.h"

#include "medley/core/error.h"
#include "medley/media/image/opencv.h"
#include "medley/media/image/resize.h"

#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

namespace medley::media {
namespace {

Image within(const Image& image, int side) {
  const double scale = std::min(1.0, double(side) / std::max(image.width, image.height));
  const auto scaled = [&](int length) { return std::max(1, static_cast<int>(std::lround(length * scale))); };
  return scale < 1.0 ? resize(image, scaled(image.width), scaled(image.height)) : image;
}

std::string webp(const Image& image, int quality) {
  cv::Mat pixels(image.height, image.width, CV_8UC3);
  for (int y = 0; y < image.height; ++y) {
    const auto* from = image.rgb.data() +
                       std::size_t{3} * static_cast<std::size_t>(y) * static_cast<std::size_t>(image.width);
    auto* to = pixels.ptr<std::uint8_t>(y);
    for (int x = 0; x < image.width; ++x, from += 3, to += 3) {
      to[0] = from[2];
      to[1] = from[1];
      to[2] = from[0];
    }
  }
  std::vector<std::uint8_t> bytes;
  if (!cv::imencode(".webp", pixels, bytes, {cv::IMWRITE_WEBP_QUALITY, quality})) return {};
  return {bytes.begin(), bytes.end()};
}

}  // namespace

std::string thumbnail(const Image& image) try {
  require(image.width > 0 && image.height > 0, "a thumbnail of a picture without pixels was asked for");
  set_up_opencv();
  for (int side = kThumbnailSide; side >= 1; side = side * 3 / 4) {
    const auto small = within(image, side);
    for (const int quality : {60, 40, 25, 10}) {
      auto bytes = webp(small, quality);
      if (!bytes.empty() && bytes.size() <= kThumbnailBytes) return bytes;
    }
  }
  fail(ErrorCode::internal, "no thumbnail of a {} x {} picture fits {} bytes", image.width, image.height,
       kThumbnailBytes);
} catch (const cv::Exception& error) {
  fail(ErrorCode::internal, "cannot write a thumbnail: {}", error.err);
}

}  // namespace medley::media

#include "medley/media/image/opencv.h"

#include "medley/media/image/exif.h"
#include "medley/media/image/over_white.h"

#include <fmt/format.h>
#include <opencv2/core.hpp>
#include <opencv2/core/utils/logger.hpp>
#include <opencv2/imgcodecs.hpp>

#include <algorithm>
#include <limits>

namespace medley::media {

void set_up_opencv() {
  static const bool done = [] {
    cv::setNumThreads(1);
    cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT);
    cv::redirectError([](int, const char*, const char*, const char*, int, void*) { return 0; });
    return true;
  }();
  static_cast<void>(done);
}

namespace {

std::string_view name_of(ImageFormat format) {
  return format == ImageFormat::webp ? "WebP" : format == ImageFormat::bmp ? "BMP" : "TIFF";
}

/// One sample over white. 8-bit TIFF comes from libtiff's RGBA interface, which multiplies colours by alpha.
template <class Sample>
std::uint8_t laid(std::uint32_t value, std::uint32_t alpha, bool premultiplied) {
  if constexpr (sizeof(Sample) == 2) {
    return over_white_16(value, alpha);
  } else if (premultiplied) {
    return static_cast<std::uint8_t>(std::min<std::uint32_t>(value + 255 - alpha, 255));
  } else {
    return over_white(value, alpha);
  }
}

/// OpenCV's order is (grey) or (blue, green, red[, alpha]).
template <class Sample>
Image to_rgb(const cv::Mat& pixels, bool premultiplied) {
  Image out = Image::sized(pixels.cols, pixels.rows);
  const auto channels = static_cast<std::size_t>(pixels.channels());
  const bool grey = channels < 3;
  constexpr std::uint32_t kOpaque = std::numeric_limits<Sample>::max();
  std::size_t to = 0;
  for (int y = 0; y < pixels.rows; ++y) {
    const Sample* row = pixels.ptr<Sample>(y);
    for (std::size_t x = 0; x < static_cast<std::size_t>(pixels.cols); ++x) {
      const Sample* pixel = row + channels * x;
      const std::uint32_t alpha = channels == 2 || channels == 4 ? pixel[channels - 1] : kOpaque;
      for (std::size_t c = 0; c < 3; ++c) {
        out.rgb[to++] = laid<Sample>(pixel[grey ? 0 : 2 - c], alpha, premultiplied);
      }
    }
  }
  return out;
}

}  // namespace

Decoded decode_by_opencv(Bytes bytes, ImageFormat format, const ImageHeader& header) try {
  set_up_opencv();
  const auto name = name_of(format);
  if (bytes.size() > std::numeric_limits<int>::max()) return fmt::format("{} above 2 GiB", name);
  // imdecode does not write to its input; its signature came before const views.
  const cv::Mat buffer(1, static_cast<int>(bytes.size()), CV_8U, const_cast<std::byte*>(bytes.data()));
  // The fourth byte of a 32-bit BMP is most often unused and zero: not an alpha.
  const int flags = format == ImageFormat::bmp ? int{cv::IMREAD_COLOR} : int{cv::IMREAD_UNCHANGED};
  const cv::Mat pixels = cv::imdecode(buffer, flags | cv::IMREAD_IGNORE_ORIENTATION);
  if (pixels.empty()) return fmt::format("broken or cut short {}", name);
  if (pixels.channels() > 4)
    return fmt::format("{} with {} channels is not supported", name, pixels.channels());
  const bool tiff = format == ImageFormat::tiff;
  // OpenCV 4.6 turns TIFF upright whatever the flags say.
  const int orientation = tiff ? 1 : header.orientation;
  if (pixels.depth() == CV_8U) return upright(to_rgb<std::uint8_t>(pixels, tiff), orientation);
  if (pixels.depth() == CV_16U) return upright(to_rgb<std::uint16_t>(pixels, tiff), orientation);
  return fmt::format("{} with samples of another type than 8 or 16 bits is not supported", name);
} catch (const cv::Exception& error) {
  return fmt::format("broken {}: {}", name_of(format), error.err);
}

}  // namespace medley::media

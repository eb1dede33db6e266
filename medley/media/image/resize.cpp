#include "medley/media/image/resize.h"

#include "medley/core/error.h"

#include <opencv2/core.hpp>
#include <opencv2/core/utils/logger.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>

namespace medley::media {

namespace {

/// Sets what OpenCV keeps for the whole process, once: one thread (ours are the threads, and sums stay in one
/// order) and no messages on stderr.
void set_up_opencv() {
  static const bool done = [] {
    cv::setNumThreads(1);
    cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT);
    cv::redirectError([](int, const char*, const char*, const char*, int, void*) { return 0; });
    return true;
  }();
  static_cast<void>(done);
}

/// A view; OpenCV only reads through it.
cv::Mat view(const Image& image) {
  return {image.height, image.width, CV_8UC3, const_cast<std::uint8_t*>(image.rgb.data())};
}

}  // namespace

Image resize(const Image& image, int width, int height) try {
  require(width >= 1 && height >= 1, "cannot resize to {} x {}", width, height);
  require(image.width >= 1 && image.height >= 1 &&
              image.rgb.size() == std::size_t{3} * static_cast<std::size_t>(image.width) *
                                      static_cast<std::size_t>(image.height),
          "an image of {} x {} with {} bytes", image.width, image.height, image.rgb.size());
  if (width == image.width && height == image.height) return image;
  set_up_opencv();
  // OpenCV averages areas only where neither side grows, so a picture that does both goes in two steps.
  const cv::Size averaged(std::min(width, image.width), std::min(height, image.height));
  cv::Mat shrunk = view(image);
  if (averaged != shrunk.size()) {
    cv::Mat smaller;
    cv::resize(shrunk, smaller, averaged, 0, 0, cv::INTER_AREA);
    shrunk = smaller;
  }
  Image out = Image::sized(width, height);
  cv::Mat target = view(out);
  if (averaged == target.size()) {
    shrunk.copyTo(target);
  } else {
    cv::resize(shrunk, target, target.size(), 0, 0, cv::INTER_LINEAR);
  }
  return out;
} catch (const cv::Exception& error) {
  fail(ErrorCode::internal, "cannot resize a picture of {} x {} to {} x {}: {}", image.width, image.height,
       width, height, error.err);
}

}  // namespace medley::media

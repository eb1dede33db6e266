#include "medley/media/av/rgb_converter.h"

#include <algorithm>
#include <array>
#include <cmath>

extern "C" {
#include <libavutil/frame.h>
#include <libswscale/swscale.h>
}

namespace medley::media {

void RgbConverter::Freed::operator()(SwsContext* it) const {
  sws_freeContext(it);
}

bool RgbConverter::convert(const AVFrame& frame, Image& out) {
  const auto format = static_cast<AVPixelFormat>(frame.format);
  // Asked for another than it knows, libswscale reads outside its tables.
  if (sws_isSupportedInput(format) == 0) return false;
  const int longer = std::max(frame.width, frame.height);
  const double scale =
      longer_side_ > 0 && longer > longer_side_ ? static_cast<double>(longer_side_) / longer : 1.0;
  const auto side = [&](int pixels) { return std::max(1, static_cast<int>(std::lround(pixels * scale))); };
  out.width = side(frame.width);
  out.height = side(frame.height);
  auto* kept = sws_.release();
  sws_.reset(sws_getCachedContext(kept, frame.width, frame.height, format, out.width, out.height,
                                  AV_PIX_FMT_RGB24, SWS_AREA | SWS_ACCURATE_RND, nullptr, nullptr, nullptr));
  if (!sws_) return false;
  use_matrix_of(frame);
  // swscale writes whole vectors: rows are padded, and copied out.
  const auto row_bytes = std::size_t{3} * static_cast<std::size_t>(out.width);
  const auto stride = (row_bytes + 63) / 64 * 64;
  padded_.resize(stride * static_cast<std::size_t>(out.height) + 64);
  std::array<std::uint8_t*, 4> to{padded_.data()};
  const std::array<int, 4> strides{static_cast<int>(stride)};
  if (sws_scale(sws_.get(), frame.data, frame.linesize, 0, frame.height, to.data(), strides.data()) <= 0)
    return false;
  out.rgb.resize(row_bytes * static_cast<std::size_t>(out.height));
  for (std::size_t y = 0; y < static_cast<std::size_t>(out.height); ++y)
    std::copy_n(padded_.data() + y * stride, row_bytes, out.rgb.data() + y * row_bytes);
  return true;
}

/// swscale takes all frames for BT.601; those of HD clips say that they are BT.709.
void RgbConverter::use_matrix_of(const AVFrame& frame) {
  if (frame.colorspace != AVCOL_SPC_BT709) return;
  int *inverse = nullptr, *table = nullptr;
  int from_full = 0, to_full = 0, brightness = 0, contrast = 0, saturation = 0;
  if (sws_getColorspaceDetails(sws_.get(), &inverse, &from_full, &table, &to_full, &brightness, &contrast,
                               &saturation) < 0)
    return;
  sws_setColorspaceDetails(sws_.get(), sws_getCoefficients(SWS_CS_ITU709), from_full, table, to_full,
                           brightness, contrast, saturation);
}

}  // namespace medley::media

#include "medley/media/image/antialias.h"

#include "medley/core/error.h"
#include "medley/math/simd/pixels.h"

#include <algorithm>
#include <cmath>

namespace medley::media {
namespace {

namespace simd = math::simd;

// Weights are whole numbers of 22 bits, as Pillow has them: 8 bits of a value and 22 fit 32 with a sign.
constexpr int kWeightBits = 22;
constexpr std::int32_t kHalf = std::int32_t{1} << (kWeightBits - 1);

/// For each place of a side, the source places that it is made of.
struct Taps {
  std::vector<int> first;
  std::vector<int> count;
  std::vector<std::int32_t> weights;  ///< [places x most]
  int most = 0;

  const std::int32_t* of(std::size_t place) const {
    return weights.data() + place * static_cast<std::size_t>(most);
  }
};

/// Places [from, from + count) of `to` that a side of `size` becomes.
Taps taps(int size, int to, int from, int count) {
  const double scale = static_cast<double>(size) / to;
  const double support = std::max(scale, 1.0);
  Taps out;
  out.most = static_cast<int>(std::ceil(support)) * 2 + 1;
  out.weights.assign(static_cast<std::size_t>(count) * static_cast<std::size_t>(out.most), 0);
  std::vector<double> exact(static_cast<std::size_t>(out.most));
  for (int i = 0; i < count; ++i) {
    const double center = (from + i + 0.5) * scale;
    const int first = std::max(0, static_cast<int>(std::floor(center - support + 0.5)));
    const int last = std::min(size, static_cast<int>(std::floor(center + support + 0.5)));
    double sum = 0.0;
    for (int t = first; t < last; ++t) {
      const double weight = std::max(0.0, 1.0 - std::abs((t - center + 0.5) / support));
      exact[static_cast<std::size_t>(t - first)] = weight;
      sum += weight;
    }
    out.first.push_back(first);
    out.count.push_back(last - first);
    auto* weights = out.weights.data() + static_cast<std::ptrdiff_t>(i) * out.most;
    for (int t = 0; t < last - first; ++t) {
      const double weight = exact[static_cast<std::size_t>(t)] / sum;
      weights[t] = static_cast<std::int32_t>(std::floor(weight * (1 << kWeightBits) + 0.5));
    }
  }
  return out;
}

std::size_t offset(int row, int width) {
  return std::size_t{3} * static_cast<std::size_t>(row) * static_cast<std::size_t>(width);
}

/// Rows [top, top + rows) of the picture with its width resized.
Image across(const Image& image, const Taps& taps, int top, int rows) {
  Image out = Image::sized(static_cast<int>(taps.first.size()), rows);
  const auto from = offset(1, image.width), to = offset(1, out.width);
  for (int y = 0; y < rows; ++y)
    simd::weigh_pixels(std::span(image.rgb).subspan(offset(top + y, image.width), from),
                       {taps.first, taps.count, taps.weights, taps.most}, kHalf, kWeightBits,
                       std::span(out.rgb).subspan(offset(y, out.width), to));
  return out;
}

/// The picture, whose first row is row `top` of the source, with its height resized.
Image down(const Image& image, const Taps& taps, int top) {
  Image out = Image::sized(image.width, static_cast<int>(taps.first.size()));
  const auto width = offset(1, image.width);
  std::vector<std::int32_t> sums(width);
  for (std::size_t y = 0; y < taps.first.size(); ++y) {
    std::fill(sums.begin(), sums.end(), kHalf);
    for (int t = 0; t < taps.count[y]; ++t)
      simd::add_weighted(std::span(image.rgb).subspan(offset(taps.first[y] + t - top, image.width), width),
                         taps.of(y)[t], sums);
    simd::to_bytes(sums, kWeightBits, std::span(out.rgb).subspan(y * width, width));
  }
  return out;
}

}  // namespace

Image resize_antialiased(const Image& image, int width, int height, const Window& window) {
  require(width >= 1 && height >= 1 && window.width >= 1 && window.height >= 1 && window.left >= 0 &&
              window.top >= 0 && window.left + window.width <= width && window.top + window.height <= height,
          "no window of {} x {} at {}, {} in a picture of {} x {}", window.width, window.height, window.left,
          window.top, width, height);
  require(image.width >= 1 && image.height >= 1, "cannot resize a picture of {} x {}", image.width,
          image.height);
  const auto columns = taps(image.width, width, window.left, window.width);
  const auto rows = taps(image.height, height, window.top, window.height);
  const int top = rows.first.front();
  return down(across(image, columns, top, rows.first.back() + rows.count.back() - top), rows, top);
}

}  // namespace medley::media

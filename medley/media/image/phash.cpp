#include "medley/media/image/phash.h"

#include "medley/media/image/resize.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace medley::media {
namespace {

constexpr int kSide = 32;
constexpr int kLow = 8;
constexpr double kPlainDeviation = 2.0;

using Grey = std::array<std::array<double, kSide>, kSide>;

Grey small_grey(const Image& image) {
  const auto small = resize(image, kSide, kSide);
  Grey grey{};
  for (std::size_t y = 0; y < kSide; ++y) {
    for (std::size_t x = 0; x < kSide; ++x) {
      const auto* rgb = &small.rgb[3 * (y * kSide + x)];
      grey[y][x] = 0.299 * rgb[0] + 0.587 * rgb[1] + 0.114 * rgb[2];  // ITU-R BT.601
    }
  }
  return grey;
}

double deviation(const Grey& grey) {
  double sum = 0, squares = 0;
  for (const auto& row : grey) {
    for (const double value : row) {
      sum += value;
      squares += value * value;
    }
  }
  const double mean = sum / (kSide * kSide);
  return std::sqrt(std::max(0.0, squares / (kSide * kSide) - mean * mean));
}

/// cos((2 x + 1) u pi / 64) of the frequencies u = 1 to 8. The transform's constant factors do not move a
/// median.
std::array<std::array<double, kSide>, kLow> cosines() {
  std::array<std::array<double, kSide>, kLow> out{};
  for (std::size_t u = 0; u < kLow; ++u) {
    for (std::size_t x = 0; x < kSide; ++x) {
      out[u][x] = std::cos(static_cast<double>((2 * x + 1) * (u + 1)) * std::numbers::pi / (2 * kSide));
    }
  }
  return out;
}

}  // namespace

std::optional<std::uint64_t> perceptual_hash(const Image& image) {
  const auto grey = small_grey(image);
  if (deviation(grey) < kPlainDeviation) return std::nullopt;
  const auto cosine = cosines();
  std::array<std::array<double, kLow>, kSide> across{};  // [row][frequency]
  for (std::size_t y = 0; y < kSide; ++y) {
    for (std::size_t u = 0; u < kLow; ++u) {
      for (std::size_t x = 0; x < kSide; ++x) across[y][u] += grey[y][x] * cosine[u][x];
    }
  }
  std::array<double, std::size_t{kLow} * kLow> low{};
  for (std::size_t v = 0; v < kLow; ++v) {
    for (std::size_t u = 0; u < kLow; ++u) {
      for (std::size_t y = 0; y < kSide; ++y) low[v * kLow + u] += across[y][u] * cosine[v][y];
    }
  }
  auto sorted = low;
  std::ranges::sort(sorted);
  const double median = (sorted[31] + sorted[32]) / 2;
  std::uint64_t hash = 0;
  for (std::size_t bit = 0; bit < low.size(); ++bit) hash |= std::uint64_t{low[bit] > median} << bit;
  return hash;
}

}  // namespace medley::media

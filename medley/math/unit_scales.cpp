#include "medley/math/unit_scales.h"

#include "medley/core/error.h"
#include "medley/math/dense.h"

#include <cmath>
#include <utility>

namespace medley::math {
namespace {

// A squared distance from the mean below this part of |x|^2 + |mean|^2 is rounding: the mean itself is kept
// in float, 2^-24 = 6e-8 of its length away from the true one.
constexpr double kRounding = 1e-12;

float unit_scale(Index i, double squared_distance, double squared_size) {
  if (!std::isfinite(squared_size))
    fail(ErrorCode::corrupt_data, "feature row {} holds a number that is not finite", i);
  return squared_distance > kRounding * squared_size ? static_cast<float>(1 / std::sqrt(squared_distance))
                                                     : 0.0f;
}

/// `distance(i)` gives |x_i - mean|^2 and |x_i|^2.
template <class Distance>
std::vector<float> scales(Index rows, Index cols, std::span<const std::uint8_t> present,
                          std::span<const float> mean, Distance distance) {
  require(present.empty() || present.size() == static_cast<std::size_t>(rows),
          "a presence mask of {} for {} rows", present.size(), rows);
  require(mean.empty() || mean.size() == static_cast<std::size_t>(cols),
          "a mean of {} numbers for {} columns", mean.size(), cols);
  const double mean_size = dot(mean, mean);
  std::vector<float> out(static_cast<std::size_t>(rows));
  for (Index i = 0; i < rows; ++i) {
    if (!present.empty() && present[static_cast<std::size_t>(i)] == 0) continue;
    const auto [from_mean, size] = distance(i, mean_size);
    out[static_cast<std::size_t>(i)] = unit_scale(i, from_mean, size + mean_size);
  }
  return out;
}

}  // namespace

std::vector<float> unit_scales(const MatrixView<const float>& x, std::span<const std::uint8_t> present,
                               std::span<const float> mean) {
  return scales(x.rows(), x.cols(), present, mean, [&](Index i, double) {
    const auto row = x.row(i);
    const double size = dot(row, row);
    double distance = mean.empty() ? size : 0;
    for (std::size_t j = 0; j < mean.size(); ++j) {
      const double step = static_cast<double>(row[j]) - static_cast<double>(mean[j]);
      distance += step * step;
    }
    return std::pair(distance, size);
  });
}

std::vector<float> unit_scales(const CsrView& x, std::span<const std::uint8_t> present,
                               std::span<const float> mean) {
  return scales(x.rows, x.cols, present, mean, [&](Index i, double mean_size) {
    const auto indices = x.row_indices(i);
    const auto values = x.row_values(i);
    const double size = dot(values, values);
    if (mean.empty()) return std::pair(size, size);
    double product = 0;
    for (std::size_t k = 0; k < indices.size(); ++k)
      product +=
          static_cast<double>(values[k]) * static_cast<double>(mean[static_cast<std::size_t>(indices[k])]);
    // The zeros of the row are not visited: |x - m|^2 = |x|^2 - 2 x.m + |m|^2.
    return std::pair(size - 2 * product + mean_size, size);
  });
}

}  // namespace medley::math

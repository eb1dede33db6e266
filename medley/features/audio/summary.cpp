#include "medley/features/audio/summary.h"

#include <algorithm>
#include <cmath>

namespace medley::features {
namespace {

/// Mean and deviation of `value(i)` for i in [0, count).
template <class Value>
void mean_and_deviation(math::Index count, const Value& value, std::span<float> out) {
  if (count < 1) return;
  double sum = 0, squares = 0;
  for (math::Index i = 0; i < count; ++i) sum += value(i);
  const double mean = sum / static_cast<double>(count);
  for (math::Index i = 0; i < count; ++i) squares += (value(i) - mean) * (value(i) - mean);
  out[0] = static_cast<float>(mean);
  out[1] = static_cast<float>(std::sqrt(squares / static_cast<double>(count)));
}

}  // namespace

void summarize(math::MatrixView<const float> values, std::span<float> out) {
  std::fill(out.begin(), out.end(), 0.0f);
  for (math::Index col = 0; col < values.cols(); ++col) {
    const auto place = out.subspan(static_cast<std::size_t>(kSummaries * col), kSummaries);
    const auto at = [&](math::Index frame) { return static_cast<double>(values(frame, col)); };
    mean_and_deviation(values.rows(), at, place.first(2));
    mean_and_deviation(
        values.rows() - 1, [&](math::Index frame) { return std::abs(at(frame + 1) - at(frame)); },
        place.last(2));
  }
}

std::vector<std::string> summary_columns(const std::vector<std::string>& names) {
  std::vector<std::string> out;
  for (const auto& name : names)
    for (const auto* of : {" mean", " deviation", " change mean", " change deviation"})
      out.push_back(name + of);
  return out;
}

}  // namespace medley::features

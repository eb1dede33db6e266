#include "medley/data/check/value_limits.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace medley::data {
namespace {

/// Calls `each(value, count)` for each distinct finite value, rising.
template <class Each>
void for_each_distinct(std::span<const float> values, Each each) {
  std::vector<float> sorted;
  std::ranges::copy_if(values, std::back_inserter(sorted), [](float value) { return std::isfinite(value); });
  std::ranges::sort(sorted);
  for (std::size_t begin = 0; begin < sorted.size();) {
    auto end = begin;
    while (end < sorted.size() && sorted[end] == sorted[begin]) ++end;
    each(static_cast<double>(sorted[begin]), end - begin);
    begin = end;
  }
}

}  // namespace

std::optional<ValueLimits> value_limits(std::span<const float> values) {
  const auto enough = std::max<std::size_t>(2, values.size() / 1000);
  std::optional<ValueLimits> common;
  for_each_distinct(values, [&](double value, std::size_t count) {
    if (count < enough) return;
    if (!common) common = ValueLimits{value, value};
    common->max = value;
  });
  if (!common) return std::nullopt;

  const double width = std::max({common->max - common->min, std::abs(common->max), std::abs(common->min)});
  ValueLimits limits{common->min - width, common->max + width};
  if (common->min >= 0.0) limits.min = std::max(limits.min, 0.0);

  const auto outside = static_cast<std::size_t>(
      std::ranges::count_if(values, [&](float value) { return !limits.holds(static_cast<double>(value)); }));
  if (outside > std::max<std::size_t>(1, values.size() / 100)) return std::nullopt;
  return limits;
}

}  // namespace medley::data

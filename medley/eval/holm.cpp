#include "medley/eval/holm.h"

#include "medley/core/error.h"

#include <algorithm>
#include <numeric>

namespace medley::eval {

std::vector<double> holm(std::span<const double> p_values) {
  for (const double p : p_values) require(p >= 0.0 && p <= 1.0, "a p-value must be in [0, 1], got {}", p);
  std::vector<std::size_t> order(p_values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return p_values[i]; });

  std::vector<double> adjusted(p_values.size());
  double floor = 0.0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    const auto factor = static_cast<double>(order.size() - i);
    floor = std::max(floor, std::min(1.0, factor * p_values[order[i]]));
    adjusted[order[i]] = floor;
  }
  return adjusted;
}

}  // namespace medley::eval

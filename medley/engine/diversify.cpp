#include "medley/engine/diversify.h"

#include "medley/core/error.h"

#include <algorithm>
#include <limits>

namespace medley::engine {
namespace {

std::vector<double> unit_scaled(std::span<const double> values) {
  std::vector<double> out(values.size(), 1.0);
  if (values.empty()) return out;
  const auto [low, high] = std::minmax_element(values.begin(), values.end());
  if (*high > *low) {
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = (values[i] - *low) / (*high - *low);
  }
  return out;
}

}  // namespace

std::vector<std::size_t> diversify(std::span<const double> relevance, double diversity, int k,
                                   const std::function<double(std::size_t, std::size_t)>& similarity) {
  require(diversity >= 0.0 && diversity <= 1.0, "diversity must be in [0, 1], got {}", diversity);
  const auto scaled = unit_scaled(relevance);
  const auto wanted = std::min(static_cast<std::size_t>(std::max(k, 0)), scaled.size());
  std::vector<double> nearest(scaled.size(), 0.0);
  std::vector<std::uint8_t> taken(scaled.size());
  std::vector<std::size_t> out;
  while (out.size() < wanted) {
    std::size_t next = 0;
    double best = -std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < scaled.size(); ++i) {
      const double value = (1.0 - diversity) * scaled[i] - diversity * nearest[i];
      if (taken[i] == 0 && value > best) {
        best = value;
        next = i;
      }
    }
    taken[next] = 1;
    out.push_back(next);
    if (out.size() == wanted) break;
    for (std::size_t i = 0; i < scaled.size(); ++i) {
      if (taken[i] == 0) nearest[i] = std::max(nearest[i], similarity(next, i));
    }
  }
  return out;
}

int diversity_pool(int k) {
  constexpr int kLeast = 100;
  constexpr int kMost = 5000;
  return std::max(k, std::clamp(10 * k, kLeast, kMost));
}

ItemCosines::ItemCosines(const Tables& tables) {
  for (const auto& table : tables) features_.push_back({table, data::unit_rows(*table)});
}

double ItemCosines::operator()(data::ItemId a, data::ItemId b) const {
  double sum = 0.0;
  int shared = 0;
  for (const auto& feature : features_) {
    const auto& present = feature.table->present;
    if (present[static_cast<std::size_t>(a)] == 0 || present[static_cast<std::size_t>(b)] == 0) continue;
    sum += math::inner_product(feature.unit.rows, a, b);
    ++shared;
  }
  return shared == 0 ? 0.0 : sum / shared;
}

}  // namespace medley::engine

#include "medley/engine/weighted_features.h"

#include "medley/core/error.h"

#include <cmath>

namespace medley::engine {
namespace {

double weight_of(const data::FeatureTable& table, const std::map<std::string, double>& weights) {
  if (const auto own = weights.find(table.name); own != weights.end()) return own->second;
  for (const auto& [name, value] : weights) {
    if (is_called(table, name)) return value;
  }
  return 1.0;
}

}  // namespace

std::vector<WeightedFeature> weighted_features(const Tables& tables, const std::vector<std::string>& by,
                                               const std::map<std::string, double>& weights) {
  require(!tables.empty(), "there are no features; `medley extract` makes them");
  for (const auto& [name, value] : weights) {
    select_tables(tables, {name});
    require(std::isfinite(value) && value >= 0.0, "the weight of '{}' must be at least 0, got {}", name,
            value);
  }
  std::vector<WeightedFeature> out;
  for (const auto& table : select_tables(tables, by)) {
    const double weight = weight_of(*table, weights);
    if (weight > 0.0) out.push_back({table, data::unit_rows(*table), weight});
  }
  require(!out.empty(), "every weight is 0: nothing is left to compare by");
  return out;
}

}  // namespace medley::engine

#pragma once

#include "medley/engine/content.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace medley::engine {

/// A feature that items are compared by: its unit rows, and its weight, above 0.
struct WeightedFeature {
  std::shared_ptr<const data::FeatureTable> table;
  data::UnitRows unit;
  double weight = 1.0;

  bool has(data::ItemId item) const { return table->present[static_cast<std::size_t>(item)] != 0; }
};

/// The features that `by` calls (all for none) with a weight above 0: one is given by the feature's own name
/// before that of its modality or extractor, and is 1 where none is. Throws `not_found` for a name that calls
/// nothing, `invalid_argument` without features and for weights that are negative or all zero.
std::vector<WeightedFeature> weighted_features(const Tables& tables, const std::vector<std::string>& by,
                                               const std::map<std::string, double>& weights);

}  // namespace medley::engine

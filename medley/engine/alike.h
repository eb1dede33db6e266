#pragma once

#include "medley/data/dataset.h"
#include "medley/data/interactions.h"
#include "medley/engine/content.h"
#include "medley/engine/weighted_features.h"
#include "medley/features/extractor.h"

#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace medley::engine {

struct AlikeRequest {
  std::string a{};
  std::string b{};
  std::vector<std::string> by{};            ///< features or modalities; empty: all
  std::map<std::string, double> weights{};  ///< of a feature or modality, at least 0; those not named weigh 1
};

/// What one feature that both items have adds to their likeness.
struct AlikePart {
  std::string feature;
  std::string modality;
  double weight = 0.0;  ///< of the weights of the features that both have, which sum to 1
  double cosine = 0.0;  ///< of the centred vectors
  double value = 0.0;   ///< weight * cosine
  /// What binds them, the most first: categories or words that both have; of rows that are sums over words or
  /// frames, those of both with the largest parts of the cosine, then those of one ("ship of b"); of other
  /// dense rows with named columns, those with a twentieth of it or more ("low" where both are below the
  /// mean).
  std::vector<std::string> shared;
};

struct AlikeAnswer {
  double score = 0.0;            ///< what `similar` gives for the pair
  std::vector<AlikePart> parts;  ///< their values sum to the score; largest first
  std::int64_t users_of_a = 0;
  std::int64_t users_of_b = 0;
  std::int64_t users_in_common = 0;
  std::string sentence;
};

/// `features::TakesRowsApart::parts` of an item's row in a feature; nothing where its extractor cannot.
using RowParts = std::function<std::vector<features::RowPart>(const std::string& feature, data::ItemId item,
                                                              std::span<const float> origin,
                                                              std::span<const float> direction)>;

/// What of their content binds two items: a part for each of the features that both have, largest first.
std::vector<AlikePart> alike_parts(const data::IdMap& items, const std::vector<WeightedFeature>& features,
                                   data::ItemId a, data::ItemId b, const RowParts& row_parts = {});

/// Why two items are alike. `log` is on the items of `dataset`. Throws what `similar` throws, and
/// `invalid_argument` for two items that share no feature.
AlikeAnswer alike(const data::Dataset& dataset, const Tables& tables, const data::Interactions& log,
                  const AlikeRequest& request, const RowParts& row_parts = {});

}  // namespace medley::engine

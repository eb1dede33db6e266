#pragma once

#include "medley/core/thread_pool.h"
#include "medley/data/dataset.h"
#include "medley/engine/content.h"
#include "medley/engine/recommend.h"

#include <map>
#include <string>
#include <vector>

namespace medley::engine {

struct SimilarRequest {
  std::string item{};
  std::vector<std::string> by{};            ///< features or modalities; empty: all
  std::map<std::string, double> weights{};  ///< of a feature or modality, at least 0; those not named weigh 1
  int k = 10;
  std::int64_t at = unix_seconds();  ///< items that are not available at this time are left out
};

/// The k items whose content is nearest to the item's, best first: the score is the weighted mean, over the
/// features that both items have, of the cosines of their centred vectors. Items that share no feature with
/// it are left out. Throws `not_found` for an unknown item or feature, `invalid_argument` for an item that
/// lacks every feature asked for and for weights that are negative or all zero.
RecommendAnswer similar(const data::Dataset& dataset, const Tables& tables, const SimilarRequest& request);

/// The same for something that is not in the catalogue: `query` holds its vectors, one row each, as
/// `Pipeline::transform` makes them; `request.item` is only what it is called. They are centred as the
/// catalogue is. Throws `invalid_argument` when it has none of the features asked for.
RecommendAnswer similar_to_new(const data::Dataset& dataset, const Tables& tables, const Tables& query,
                               const SimilarRequest& request, ThreadPool& pool);

}  // namespace medley::engine

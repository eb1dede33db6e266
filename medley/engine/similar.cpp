#include "medley/engine/similar.h"

#include "medley/core/error.h"
#include "medley/core/hash.h"
#include "medley/math/top_k.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

namespace medley::engine {
namespace {

/// A feature with its unit rows and its weight.
struct Weighted {
  std::shared_ptr<const data::FeatureTable> table;
  data::UnitRows unit;
  double weight = 1.0;
};

/// The weight given to the table: by its own name before that of its modality or extractor.
double weight_of(const data::FeatureTable& table, const std::map<std::string, double>& weights) {
  if (const auto own = weights.find(table.name); own != weights.end()) return own->second;
  for (const auto& [name, value] : weights) {
    if (is_called(table, name)) return value;
  }
  return 1.0;
}

std::vector<Weighted> weighted_tables(const Tables& tables, const SimilarRequest& request, std::size_t item) {
  std::vector<Weighted> out;
  bool any_weight = false;
  for (const auto& table : select_tables(tables, request.by)) {
    const double weight = weight_of(*table, request.weights);
    any_weight = any_weight || weight > 0.0;
    if (weight > 0.0 && table->present[item] != 0) out.push_back({table, data::unit_rows(*table), weight});
  }
  require(any_weight, "every weight is 0: nothing is left to compare by");
  return out;
}

/// The feature in which the two items are closest, with its cosine.
std::string nearest_in(const std::vector<Weighted>& features, std::size_t a, std::size_t b) {
  std::vector<std::string> parts;
  for (const auto& feature : features) {
    if (feature.table->present[b] == 0) continue;
    const double cosine =
        math::inner_product(feature.unit.rows, static_cast<math::Index>(a), static_cast<math::Index>(b));
    parts.push_back(fmt::format("{} {:.2f}", feature.table->name, cosine));
  }
  return fmt::format("cosine in {}", fmt::join(parts, ", "));
}

}  // namespace

RecommendAnswer similar(const data::Dataset& dataset, const Tables& tables, const SimilarRequest& request) {
  require(request.k >= 1 && request.k <= 10'000, "k must be in [1, 10000], got {}", request.k);
  const auto row = dataset.items.find(request.item);
  if (!row) fail(ErrorCode::not_found, "there is no item '{}'", request.item);
  require(!tables.empty(), "there are no features; `medley extract` makes them");
  for (const auto& [name, value] : request.weights) {
    select_tables(tables, {name});
    require(std::isfinite(value) && value >= 0.0, "the weight of '{}' must be at least 0, got {}", name,
            value);
  }
  const auto item = static_cast<std::size_t>(*row);
  const auto features = weighted_tables(tables, request, item);
  require(!features.empty(), "item '{}' has none of the features asked for", request.item);

  const auto items = static_cast<std::size_t>(dataset.item_count());
  std::vector<double> sums(items);
  std::vector<double> weights(items);
  for (const auto& feature : features) {
    for (std::size_t other = 0; other < items; ++other) {
      if (feature.table->present[other] == 0) continue;
      sums[other] += feature.weight * math::inner_product(feature.unit.rows, static_cast<math::Index>(item),
                                                          static_cast<math::Index>(other));
      weights[other] += feature.weight;
    }
  }
  std::vector<float> scores(items);
  std::vector<std::int32_t> candidates;
  for (std::size_t other = 0; other < items; ++other) {
    if (other == item || weights[other] == 0.0) continue;
    scores[other] = static_cast<float>(sums[other] / weights[other]);
    candidates.push_back(static_cast<std::int32_t>(other));
  }
  RecommendAnswer answer;
  TieHasher hasher("");
  for (const auto& scored : math::top_k(scores, candidates, request.k,
                                        [&](std::int32_t i) { return hasher(dataset.items.id(i)); })) {
    answer.items.push_back({dataset.items.id(scored.item), scored.score, Reason::content,
                            nearest_in(features, item, static_cast<std::size_t>(scored.item))});
  }
  if (static_cast<int>(answer.items.size()) < request.k) {
    answer.notes.push_back(fmt::format("{} asked for, {} there: the others share no feature with '{}'",
                                       request.k, answer.items.size(), request.item));
  }
  return answer;
}

}  // namespace medley::engine

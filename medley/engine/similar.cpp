#include "medley/engine/similar.h"

#include "medley/core/error.h"
#include "medley/core/hash.h"
#include "medley/engine/weighted_features.h"
#include "medley/math/top_k.h"
#include "medley/math/unit_scales.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>
#include <utility>

namespace medley::engine {
namespace {

/// A feature that the item asked about has, and its cosine to each item.
struct Compared {
  WeightedFeature feature;
  std::vector<float> cosines;
};

/// "cosine in color 0.93, words 0.12".
std::string cosines_of(const std::vector<Compared>& by, data::ItemId other) {
  std::vector<std::string> parts;
  for (const auto& one : by) {
    if (!one.feature.has(other)) continue;
    parts.push_back(
        fmt::format("{} {:.2f}", one.feature.table->name, one.cosines[static_cast<std::size_t>(other)]));
  }
  return fmt::format("cosine in {}", fmt::join(parts, ", "));
}

/// The k items of the largest weighted means; `self` is none of them.
RecommendAnswer nearest(const data::Dataset& dataset, const std::vector<Compared>& by,
                        const SimilarRequest& request, std::optional<data::ItemId> self) {
  std::vector<float> scores(static_cast<std::size_t>(dataset.item_count()));
  std::vector<std::int32_t> candidates;
  for (data::ItemId other = 0; other < dataset.item_count(); ++other) {
    const auto at = static_cast<std::size_t>(other);
    double sum = 0.0;
    double weights = 0.0;
    for (const auto& one : by) {
      if (!one.feature.has(other)) continue;
      sum += one.feature.weight * static_cast<double>(one.cosines[at]);
      weights += one.feature.weight;
    }
    if (other == self || weights == 0.0 || !dataset.catalog.available(other, request.at)) continue;
    scores[at] = static_cast<float>(sum / weights);
    candidates.push_back(other);
  }
  RecommendAnswer answer;
  TieHasher hasher("");
  for (const auto& scored : math::top_k(scores, candidates, request.k,
                                        [&](std::int32_t i) { return hasher(dataset.items.id(i)); })) {
    answer.items.push_back(
        {dataset.items.id(scored.item), scored.score, Reason::content, cosines_of(by, scored.item)});
  }
  if (static_cast<int>(answer.items.size()) < request.k) {
    answer.notes.push_back(
        fmt::format("{} asked for, {} there: the others share no feature with '{}' or are not available",
                    request.k, answer.items.size(), request.item));
  }
  return answer;
}

/// <q, x_i> for the one row of `query`, centred and scaled as the rows of the feature are.
std::vector<float> cosines_to(const WeightedFeature& feature, const data::FeatureTable& query,
                              ThreadPool& pool) {
  const auto& unit = feature.unit.rows;
  require(query.dim() == unit.cols(),
          "the vector of '{}' has {} columns, the catalogue's {}; `medley extract`", query.name, query.dim(),
          unit.cols());
  math::CenteredRows row;
  row.mean = unit.mean;
  std::vector<float> scale;
  if (query.is_sparse()) {
    row.sparse = query.sparse().view();
    scale = math::unit_scales(*row.sparse, query.present, row.mean);
  } else {
    row.dense = query.dense().view();
    scale = math::unit_scales(row.dense, query.present, row.mean);
  }
  row.scale = scale;
  const auto profile = math::row_of(row, 0);
  std::vector<float> out(static_cast<std::size_t>(unit.rows()));
  math::add_inner_products({profile.data(), 1, unit.cols()}, unit, 1.0f, {out.data(), 1, unit.rows()}, pool);
  return out;
}

void check_k(const SimilarRequest& request) {
  require(request.k >= 1 && request.k <= 10'000, "k must be in [1, 10000], got {}", request.k);
}

}  // namespace

RecommendAnswer similar(const data::Dataset& dataset, const Tables& tables, const SimilarRequest& request) {
  check_k(request);
  const auto item = dataset.items.find(request.item);
  if (!item) fail(ErrorCode::not_found, "there is no item '{}'", request.item);
  std::vector<Compared> by;
  for (auto& feature : weighted_features(tables, request.by, request.weights)) {
    if (!feature.has(*item)) continue;
    std::vector<float> cosines(static_cast<std::size_t>(dataset.item_count()));
    for (data::ItemId other = 0; other < dataset.item_count(); ++other) {
      if (feature.has(other))
        cosines[static_cast<std::size_t>(other)] =
            static_cast<float>(math::inner_product(feature.unit.rows, *item, other));
    }
    by.push_back({std::move(feature), std::move(cosines)});
  }
  require(!by.empty(), "item '{}' has none of the features asked for", request.item);
  return nearest(dataset, by, request, item);
}

RecommendAnswer similar_to_new(const data::Dataset& dataset, const Tables& tables, const Tables& query,
                               const SimilarRequest& request, ThreadPool& pool) {
  check_k(request);
  std::vector<Compared> by;
  for (auto& feature : weighted_features(tables, request.by, request.weights)) {
    const auto its = std::find_if(query.begin(), query.end(),
                                  [&](const auto& table) { return table->name == feature.table->name; });
    if (its == query.end() || (*its)->present.front() == 0) continue;
    auto cosines = cosines_to(feature, **its, pool);
    by.push_back({std::move(feature), std::move(cosines)});
  }
  require(!by.empty(), "'{}' has none of the features asked for", request.item);
  return nearest(dataset, by, request, {});
}

}  // namespace medley::engine

#include "medley/engine/alike.h"

#include "medley/core/error.h"
#include "medley/engine/weighted_features.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <utility>

namespace medley::engine {
namespace {

constexpr std::size_t kMaxShared = 20;

data::ItemId row_of(const data::Dataset& dataset, const std::string& id) {
  const auto row = dataset.items.find(id);
  if (!row) fail(ErrorCode::not_found, "there is no item '{}'", id);
  return *row;
}

/// The named columns in which both rows are above 0, by falling product; those of dense vectors mean nothing
/// one by one.
std::vector<std::string> shared_columns(const data::FeatureTable& table, data::ItemId a, data::ItemId b) {
  if (!table.is_sparse() || table.columns.empty()) return {};
  const auto rows = table.sparse().view();
  const auto columns = rows.row_indices(a);
  const auto others = rows.row_indices(b);
  std::vector<std::pair<float, std::int32_t>> both;
  for (std::size_t i = 0, j = 0; i < columns.size() && j < others.size();) {
    if (columns[i] == others[j]) {
      const float product = rows.row_values(a)[i] * rows.row_values(b)[j];
      if (product > 0.0f) both.emplace_back(product, columns[i]);
      ++i;
      ++j;
    } else if (columns[i] < others[j]) {
      ++i;
    } else {
      ++j;
    }
  }
  std::stable_sort(both.begin(), both.end(), [](const auto& x, const auto& y) { return x.first > y.first; });
  if (both.size() > kMaxShared) both.resize(kMaxShared);
  std::vector<std::string> out;
  for (const auto& [product, column] : both) out.push_back(table.columns[static_cast<std::size_t>(column)]);
  return out;
}

std::int64_t in_common(std::span<const data::UserId> a, std::span<const data::UserId> b) {
  std::vector<data::UserId> both;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
  return static_cast<std::int64_t>(both.size());
}

std::string sentence_of(const AlikeAnswer& answer) {
  std::vector<std::string> reasons;
  for (const auto& part : answer.parts) {
    if (part.value <= 0.0) continue;
    const auto few = std::min<std::size_t>(3, part.shared.size());
    const std::vector<std::string> most(part.shared.begin(), part.shared.begin() + static_cast<int>(few));
    reasons.push_back(part.feature + (few == 0 ? "" : fmt::format(" ({})", fmt::join(most, ", "))));
  }
  const auto content = reasons.empty() ? std::string("unlike in every feature that both have")
                                       : fmt::format("alike in {}", fmt::join(reasons, ", then "));
  return fmt::format("{}; {} user{} chose both", content, answer.users_in_common,
                     answer.users_in_common == 1 ? "" : "s");
}

}  // namespace

AlikeAnswer alike(const data::Dataset& dataset, const Tables& tables, const data::Interactions& log,
                  const AlikeRequest& request) {
  const auto a = row_of(dataset, request.a);
  const auto b = row_of(dataset, request.b);
  auto features = weighted_features(tables, request.by, request.weights);
  std::erase_if(features, [&](const auto& feature) { return !feature.has(a) || !feature.has(b); });
  require(!features.empty(), "items '{}' and '{}' share none of the features asked for", request.a,
          request.b);
  double weights = 0.0;
  for (const auto& feature : features) weights += feature.weight;
  AlikeAnswer out;
  for (const auto& feature : features) {
    const double weight = feature.weight / weights;
    const double cosine = math::inner_product(feature.unit.rows, a, b);
    out.parts.push_back({feature.table->name, feature.table->modality, weight, cosine, weight * cosine,
                         shared_columns(*feature.table, a, b)});
    out.score += weight * cosine;
  }
  std::stable_sort(out.parts.begin(), out.parts.end(),
                   [](const auto& x, const auto& y) { return x.value > y.value; });
  out.users_of_a = std::ssize(log.users_of(a));
  out.users_of_b = std::ssize(log.users_of(b));
  out.users_in_common = in_common(log.users_of(a), log.users_of(b));
  out.sentence = sentence_of(out);
  return out;
}

}  // namespace medley::engine

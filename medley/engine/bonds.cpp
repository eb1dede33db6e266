#include "medley/engine/bonds.h"

#include "medley/core/params.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace medley::engine {
namespace {

using Features = std::vector<WeightedFeature>;

struct Candidate {
  data::ItemId item;
  double cosine;  ///< the mean over the features that both have
};

/// The items of the history that speak for `item` and share a feature with it, the most alike first.
std::vector<Candidate> candidates_for(data::ItemId item, const ExplainAnswer& answer,
                                      const data::IdMap& items, const Features& features) {
  std::vector<Candidate> out;
  for (const auto& part : answer.parts) {
    const auto other = items.find(part.of);
    if (part.by != "history" || part.value <= 0.0 || !other || *other == item) continue;
    double sum = 0.0;
    int shared = 0;
    for (const auto& feature : features) {
      if (!feature.has(item) || !feature.has(*other)) continue;
      sum += math::inner_product(feature.unit.rows, item, *other);
      ++shared;
    }
    if (shared > 0) out.push_back({*other, sum / shared});
  }
  std::ranges::stable_sort(out, std::greater<>(), &Candidate::cosine);
  return out;
}

/// Whether a part claims a likeness that nothing shows: two items without a common category have a cosine
/// too.
bool says_nothing(const AlikePart& part, const Features& features) {
  if (part.cosine <= 0.0) return true;
  const auto feature =
      std::ranges::find(features, part.feature, [](const WeightedFeature& one) { return one.table->name; });
  return part.shared.empty() && feature->table->is_sparse() && !feature->table->columns.empty();
}

}  // namespace

std::vector<std::string> speaking_features(const ExplainAnswer& answer,
                                           const std::vector<std::string>& known) {
  std::vector<std::string> out;
  for (const auto& part : answer.parts) {
    // One that speaks against the item as a whole may bind it to a single one of the history.
    if (part.by != "modality" || part.value == 0.0) continue;
    // A fusion is called by the features that it joins.
    for (const auto& name : split_list(part.of, '+'))
      if (std::ranges::count(known, name) > 0 && std::ranges::count(out, name) == 0) out.push_back(name);
  }
  return out;
}

std::vector<Bond> bonds_of(const ExplainAnswer& answer, const data::Dataset& dataset, const Tables& tables,
                           const std::string& item, std::size_t most, const RowParts& row_parts) {
  std::vector<std::string> names;
  for (const auto& table : tables) names.push_back(table->name);
  const auto speaking = speaking_features(answer, names);
  const auto row = dataset.items.find(item);
  std::vector<Bond> out;
  if (speaking.empty() || !row) return out;
  const auto features = weighted_features(tables, speaking, {});
  for (const auto& candidate : candidates_for(*row, answer, dataset.items, features)) {
    if (out.size() >= most) break;
    auto parts = alike_parts(dataset.items, features, *row, candidate.item, row_parts);
    std::erase_if(parts, [&](const AlikePart& part) { return says_nothing(part, features); });
    if (!parts.empty()) out.push_back({dataset.items.id(candidate.item), std::move(parts)});
  }
  return out;
}

}  // namespace medley::engine

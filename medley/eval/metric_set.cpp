#include "medley/eval/metric_set.h"

#include "medley/core/error.h"

#include <fmt/format.h>

#include <algorithm>

namespace medley::eval {
namespace {

bool takes_k(const Registry::Entry& entry) {
  return std::ranges::any_of(entry.params, [](const FieldInfo& field) { return field.name == "k"; });
}

std::vector<std::string> ordered_names(const Registry& registry) {
  std::vector<std::string> names = {"recall", "ndcg", "hit", "mrr", "coverage", "popularity"};
  for (const auto& name : registry.names()) {
    if (takes_k(registry.at(name)) && !std::ranges::count(names, name)) names.push_back(name);
  }
  return names;
}

}  // namespace

MetricSet make_metrics(const Registry& registry, std::span<const int> cutoffs, bool with_vectors) {
  require(!cutoffs.empty(), "metrics need at least one list length");
  for (std::size_t i = 0; i < cutoffs.size(); ++i) {
    require(std::ranges::count(cutoffs, cutoffs[i]) == 1, "list length {} is given twice", cutoffs[i]);
  }
  MetricSet set;
  set.max_k = *std::ranges::max_element(cutoffs);
  for (const auto& name : ordered_names(registry)) {
    for (const int k : cutoffs) {
      if (name == "recall" && k == set.max_k) set.primary = set.entries.size();
      set.entries.push_back({fmt::format("{}@{}", name, k), registry.make(name, {{"k", std::to_string(k)}})});
    }
  }
  for (const auto& name : registry.names()) {
    if (registry.at(name).params.empty()) set.entries.push_back({name, registry.make(name, {})});
  }
  // The primary entry, recall, stays before all that may go.
  std::erase_if(set.entries,
                [&](const auto& entry) { return entry.metric->reads_vectors() && !with_vectors; });
  return set;
}

RunMeasures measure(const MetricSet& metrics, std::span<const UserResult> results, const ItemFacts& facts) {
  RunMeasures out;
  for (const auto& result : results) out.users.push_back(result.user);
  for (const auto& [key, metric] : metrics.entries) {
    out.measures.push_back({metric->value(results, facts), metric->user_values(results, facts)});
  }
  return out;
}

}  // namespace medley::eval

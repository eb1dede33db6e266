#include "medley/models/grid.h"

#include "medley/core/error.h"

#include <algorithm>
#include <cstddef>

namespace medley::models {
namespace {

// Weights of this many features are searched together, 19 combinations for three; more one after another.
constexpr std::size_t kTogether = 3;

std::string joined(const std::vector<std::string>& parts) {
  std::string out;
  for (std::size_t i = 0; i < parts.size(); ++i) out += (i == 0 ? "" : "+") + parts[i];
  return out;
}

Grid::Step one_key(const std::string& key, const std::vector<std::string>& values) {
  Grid::Step step;
  for (const auto& value : values) step.alternatives.push_back({{key, value}});
  return step;
}

/// A step that changes part `index` of the list `key`, of `size` parts, and keeps the others.
Grid::Step one_part(const std::string& key, std::size_t index, std::size_t size,
                    const std::vector<std::string>& values) {
  Grid::Step step;
  for (const auto& value : values) {
    std::vector<std::string> parts(size);
    parts[index] = value;
    step.alternatives.push_back({{key, joined(parts)}});
  }
  return step;
}

Grid graph_filter_grid(std::size_t features) {
  Grid grid;
  grid.steps.emplace_back();
  const auto no_content = features == 0 ? "0" : joined(std::vector<std::string>(features, "0"));
  for (const auto* b : {"0.1", "0.2", "0.3", "0.5"})
    for (const auto* c : {"1+0+0", "1+1+0", "1+1+0.5"})
      grid.steps.back().alternatives.push_back({{"a", "0.5"}, {"b", b}, {"c", c}, {"g", no_content}});
  for (std::size_t m = 0; m < features; ++m)
    grid.steps.push_back(features == 1 ? one_key("g", {"0", "0.03", "0.1", "0.3"})
                                       : one_part("g", m, features, {"0", "0.03", "0.1", "0.3"}));
  return grid;
}

/// Every list of {0, .5, 1} with a 1 in it: others are multiples of one of these, and rank the same.
void add_weights(std::vector<std::string> chosen, std::size_t features, Grid::Step& step) {
  if (chosen.size() == features) {
    if (std::ranges::find(chosen, "1") != chosen.end())
      step.alternatives.push_back({{"weights", joined(chosen)}});
    return;
  }
  chosen.emplace_back();
  for (const auto* weight : {"0", "0.5", "1"}) {
    chosen.back() = weight;
    add_weights(chosen, features, step);
  }
}

Grid content_grid(std::size_t features) {
  Grid grid;
  if (features < 2) return grid;
  if (features <= kTogether) {
    add_weights({}, features, grid.steps.emplace_back());
    return grid;
  }
  grid.steps.push_back(one_key("weights", {joined(std::vector<std::string>(features, "1"))}));
  for (std::size_t m = 0; m < features; ++m)
    // The first keeps its weight, so that they are never all 0.
    grid.steps.push_back(m == 0 ? one_part("weights", m, features, {"0.5", "1"})
                                : one_part("weights", m, features, {"0", "0.5", "1"}));
  return grid;
}

}  // namespace

Grid builtin_grid(const std::string& model, const std::vector<std::string>& features) {
  if (model == "item_knn") return {{one_key("k", {"20", "50", "100", "200"})}};
  if (model == "ease") return {{one_key("lambda", {"50", "100", "200", "400", "800"})}};
  if (model == "content") return content_grid(features.size());
  if (model == "content_ridge")
    return {{one_key("lambda", {"0.1", "0.3", "1", "3", "10", "30", "100", "300"})}};
  if (model == "graph_filter") return graph_filter_grid(features.size());
  return {};
}

ParamMap on_top_of(const ParamMap& best, const ParamMap& alternative) {
  ParamMap out = best;
  for (const auto& [key, value] : alternative) {
    auto parts = split_list(value, '+');
    if (std::ranges::find(parts, "") == parts.end()) {
      out[key] = value;
      continue;
    }
    const auto known = best.find(key);
    const auto kept = known == best.end() ? std::vector<std::string>{} : split_list(known->second, '+');
    require(kept.size() == parts.size(), "'{}' keeps parts of a list of {}, there are {}", value,
            parts.size(), kept.size());
    for (std::size_t i = 0; i < parts.size(); ++i)
      if (parts[i].empty()) parts[i] = kept[i];
    out[key] = joined(parts);
  }
  return out;
}

}  // namespace medley::models

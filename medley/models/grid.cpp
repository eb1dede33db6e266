#include "medley/models/grid.h"

#include "medley/core/error.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

namespace medley::models {
namespace {

// Weights of this many features are searched together, 19 combinations for three; more one after another.
constexpr std::size_t kTogether = 3;

// Of the models of a sum, relative to the first.
constexpr std::array kWeights{"0", "0.1", "0.2", "0.3", "0.5", "1", "1.5", "2", "3", "4"};

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

Grid::Step als_step(const std::vector<ParamMap>& settings) {
  Grid::Step step;
  for (auto params : settings) {
    for (const auto* epochs : {"2", "4", "6", "8", "10", "12", "14", "16"}) {
      params["epochs"] = epochs;
      step.alternatives.push_back(params);
    }
  }
  return step;
}

Grid slim_grid() {
  Grid grid;
  grid.steps.emplace_back();
  for (const auto* l1 : {"0.5", "2", "8"})
    for (const auto* l2 : {"10", "50", "200"})
      grid.steps.back().alternatives.push_back({{"l1", l1}, {"l2", l2}});
  return grid;
}

/// Few factors first, which find the region of a0 and lambda at a tenth of the cost; then more, then the
/// neighbours.
Grid als_grid() {
  std::vector<ParamMap> coarse;
  for (const auto* a0 : {"0.0005", "0.002", "0.01", "0.05"})
    for (const auto* lambda : {"0.02", "0.08", "0.3"})
      coarse.push_back({{"factors", "64"}, {"a0", a0}, {"lambda", lambda}, {"nu", "1"}});
  Grid grid;
  grid.steps.push_back(als_step(coarse));
  grid.steps.push_back(als_step({{{"factors", "256"}}}));
  grid.steps.push_back(als_step({{{"lambda", "*0.5"}}, {{"lambda", "*2"}}}));
  grid.steps.push_back(als_step({{{"a0", "*0.5"}}, {{"a0", "*2"}}}));
  grid.steps.push_back(als_step({{{"factors", "*2"}}}));
  return grid;
}

/// Every list of `parts` weights that opens with 1, into the alternatives of `step`.
void add_sums(std::vector<std::string> chosen, std::size_t parts, Grid::Step& step) {
  if (chosen.size() == parts) {
    step.alternatives.push_back({{"weights", joined(chosen)}});
    return;
  }
  chosen.emplace_back();
  for (const auto* weight : kWeights) {
    chosen.back() = weight;
    add_sums(chosen, parts, step);
  }
}

Grid::Step with_scales(const Grid::Step& step) {
  Grid::Step out;
  for (const auto* scale : {"all", "user"}) {
    for (auto params : step.alternatives) {
      params["scale"] = scale;
      out.alternatives.push_back(std::move(params));
    }
  }
  return out;
}

std::string multiplied(const std::string& value, double factor) {
  double number = 0;
  require(parse_double(value, number), "'{}' is no number that could be multiplied", value);
  return to_text(Value(std::floor(number * factor) == number * factor && value.find('.') == std::string::npos
                           ? Value(static_cast<std::int64_t>(number * factor))
                           : Value(number * factor)));
}

bool takes_searched_weights(const ParamMap& given) {
  const auto fusion = given.find("fusion");
  if (fusion == given.end()) return true;
  const auto name = fusion->second.substr(0, fusion->second.find('('));
  return name == "concat" || name == "weighted";
}

}  // namespace

Grid join_grid(std::size_t parts, bool weights, bool scale) {
  Grid sums;
  sums.steps.emplace_back();
  const bool together = parts <= kTogether;
  if (!weights || parts < 2)
    sums.steps.front().alternatives.emplace_back();
  else if (together)
    add_sums({"1"}, parts, sums.steps.front());
  else
    sums.steps.front() = one_key("weights", {joined(std::vector<std::string>(parts, "1"))});
  if (scale) sums.steps.front() = with_scales(sums.steps.front());
  for (std::size_t k = 1; weights && !together && k < parts; ++k)
    sums.steps.push_back(one_part("weights", k, parts, {kWeights.begin(), kWeights.end()}));
  return sums;
}

Grid builtin_grid(const std::string& model, const std::vector<std::string>& features, const ParamMap& given) {
  if (model == "item_knn") return {{one_key("k", {"20", "50", "100", "200"})}};
  if (model == "user_knn") return {{one_key("k", {"20", "50", "100", "200", "400"})}};
  if (model == "slim") return slim_grid();
  if (model == "als") return als_grid();
  if (model == "ease") return {{one_key("lambda", {"50", "100", "200", "400", "800"})}};
  if (model == "content") return takes_searched_weights(given) ? content_grid(features.size()) : Grid{};
  if (model == "content_ridge")
    return {{one_key("lambda", {"0.1", "0.3", "1", "3", "10", "30", "100", "300"})}};
  if (model == "graph_filter") return graph_filter_grid(features.size());
  return {};
}

ParamMap on_top_of(const ParamMap& best, const ParamMap& alternative) {
  ParamMap out = best;
  for (const auto& [key, value] : alternative) {
    if (double factor = 0; value.starts_with('*') && parse_double(value.substr(1), factor)) {
      require(best.contains(key), "'{}' multiplies '{}', which has no value", value, key);
      out[key] = multiplied(best.at(key), factor);
      continue;
    }
    auto parts = split_outside_brackets(value, '+');
    if (std::ranges::find(parts, "") == parts.end()) {
      out[key] = value;
      continue;
    }
    const auto known = best.find(key);
    const auto kept =
        known == best.end() ? std::vector<std::string>{} : split_outside_brackets(known->second, '+');
    require(kept.size() == parts.size(), "'{}' keeps parts of a list of {}, there are {}", value,
            parts.size(), kept.size());
    for (std::size_t i = 0; i < parts.size(); ++i)
      if (parts[i].empty()) parts[i] = kept[i];
    out[key] = joined(parts);
  }
  return out;
}

}  // namespace medley::models

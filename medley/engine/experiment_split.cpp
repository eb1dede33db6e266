#include "medley/engine/experiment_split.h"

#include "medley/core/error.h"
#include "medley/core/file.h"
#include "medley/data/random_items.h"
#include "medley/data/split/split.h"
#include "medley/data/split/split_file.h"

#include <fmt/format.h>

#include <algorithm>

namespace medley::engine {
namespace {

using data::Part;

std::string named_split(const data::Dataset& dataset, const ExperimentOptions& options) {
  if (!options.split.empty()) return options.split;
  return dataset.log.labels.empty() ? "random" : "labels";
}

data::Parts make_parts(const data::Dataset& dataset, const ExperimentOptions& options, std::uint64_t seed,
                       std::vector<std::string>& notes) {
  if (options.split_file.empty()) {
    data::SplitOptions split;
    split.seed = seed;
    split.weights = options.weights;
    return data::make_split(named_split(dataset, options), dataset, split);
  }
  auto file = data::read_split_file(options.split_file, dataset, options.weights);
  if (file.rows_outside_log > 0 || file.pairs_outside_file > 0) {
    notes.push_back(fmt::format(
        "{} rows of the split file have no event, {} pairs of the log are not in it and stay unused",
        file.rows_outside_log, file.pairs_outside_file));
  }
  return std::move(file.parts);
}

bool is_item_cold(const RunSplit& split) {
  for (data::ItemId item = 0; item < split.test.items; ++item) {
    if (!split.test.users_of(item).empty() && !split.train.users_of(item).empty()) return false;
  }
  return true;
}

std::int64_t without_past(const RunSplit& split) {
  std::int64_t count = 0;
  for (data::UserId user = 0; user < split.test.users; ++user) {
    if (!split.test.items_of(user).empty() && split.train.items_of(user).empty() &&
        split.history.items_of(user).empty())
      ++count;
  }
  return count;
}

/// Candidates by their rule. `base` is what `has:` narrows.
std::vector<data::ItemId> filtered(std::int32_t items, const std::function<bool(data::ItemId)>& keep) {
  std::vector<data::ItemId> out;
  for (data::ItemId item = 0; item < items; ++item) {
    if (keep(item)) out.push_back(item);
  }
  return out;
}

std::vector<std::uint8_t> present_in(const Tables& tables, const std::string& name, std::int32_t items) {
  std::vector<std::uint8_t> out(static_cast<std::size_t>(items));
  for (const auto& table : select_tables(tables, {name})) {
    for (std::size_t i = 0; i < out.size(); ++i) out[i] |= table->present[i];
  }
  return out;
}

std::vector<data::ItemId> listed_in(const std::string& path, const data::IdMap& items) {
  std::vector<data::ItemId> out;
  for (auto line : split_list(read_file(path, std::uint64_t{1} << 30), '\n')) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (line.empty()) continue;
    const auto row = items.find(line);
    if (!row)
      fail(ErrorCode::not_found, "'{}' names the item '{}', which the data does not have", path, line);
    out.push_back(*row);
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace

const data::Interactions* RunSplit::asked_with(const data::Interactions* fitted,
                                               data::Interactions& kept) const {
  if (history.pairs() == 0) return fitted;
  kept = data::united(*fitted, history);
  return &kept;
}

std::string split_name(const data::Dataset& dataset, const ExperimentOptions& options) {
  if (!options.split_file.empty()) return "file " + options.split_file;
  return named_split(dataset, options);
}

bool split_by_chance(const data::Dataset& dataset, const ExperimentOptions& options) {
  if (!options.split_file.empty()) return false;
  const auto name = named_split(dataset, options);
  return name == "random" || name == "item_cold" || name == "new_user";
}

RunSplit make_run_split(const data::Dataset& dataset, const ExperimentOptions& options, std::uint64_t seed,
                        std::vector<std::string>& notes) {
  const auto parts = make_parts(dataset, options, seed, notes);
  data::check_disjoint(dataset, parts);
  if (!options.save_split.empty() && seed == kFirstSeed)
    data::write_split(options.save_split, dataset, parts);
  const auto part = [&](Part wanted) { return data::part_of(dataset, parts, wanted, options.weights); };
  RunSplit out;
  out.train = part(Part::train);
  out.test = part(Part::test);
  out.choice = part(Part::valid);
  out.history = part(Part::history);
  out.choice_train = out.train;
  require(out.train.pairs() > 0, "the split '{}' leaves nothing to train on", split_name(dataset, options));
  require(out.test.pairs() > 0, "the split '{}' leaves nothing to test on", split_name(dataset, options));
  out.test_masked =
      options.mask_valid
          ? data::parts_of(dataset, parts, {Part::train, Part::valid, Part::history}, options.weights)
          : data::parts_of(dataset, parts, {Part::train, Part::history}, options.weights);
  out.without_past = without_past(out);
  out.item_cold = is_item_cold(out);
  if (out.choice.pairs() == 0) {
    const auto held = data::hold_out(dataset, parts, 0.1, seed);
    out.choice_train = data::part_of(dataset, held, Part::train, options.weights);
    out.choice = data::part_of(dataset, held, Part::valid, options.weights);
    out.held_out = true;
  }
  return out;
}

std::vector<eval::Candidates> make_columns(const data::Dataset& dataset, const Tables& tables,
                                           const ExperimentOptions& options, const RunSplit& split,
                                           const data::Interactions& held_out) {
  const auto items = dataset.item_count();
  auto rules = options.candidates;
  if (rules.empty()) rules.emplace_back(split.item_cold ? "heldout" : "all");
  std::vector<std::uint8_t> rated(static_cast<std::size_t>(items));
  for (const auto& event : dataset.log.events) rated[static_cast<std::size_t>(event.item)] = 1;
  const auto is_held_out = [&](data::ItemId item) { return !held_out.users_of(item).empty(); };
  const auto is_rated = [&](data::ItemId item) { return rated[static_cast<std::size_t>(item)] != 0; };
  std::vector<eval::Candidates> out;
  for (const auto& rule : rules) {
    eval::Candidates column{rule, {}};
    if (rule == "heldout") {
      column.items = filtered(items, is_held_out);
    } else if (rule == "all") {
      column.items = filtered(items, is_rated);
    } else if (rule.rfind("has:", 0) == 0) {
      const auto present = present_in(tables, rule.substr(4), items);
      column.items = filtered(items, [&](data::ItemId item) {
        return present[static_cast<std::size_t>(item)] != 0 &&
               (split.item_cold ? is_held_out(item) : is_rated(item));
      });
    } else {
      column.items = listed_in(rule, dataset.items);
    }
    require(!column.items.empty(), "the candidates '{}' are no item at all", rule);
    out.push_back(std::move(column));
  }
  return out;
}

}  // namespace medley::engine

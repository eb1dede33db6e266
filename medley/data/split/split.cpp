#include "medley/data/split/split.h"

#include "medley/core/error.h"

#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace medley::data {
namespace {

struct Named {
  std::string_view name;
  Parts (*make)(const Dataset&, const SplitOptions&);
};

constexpr std::array<Named, 7> kSplits{{{"labels", split_by_labels},
                                        {"random", split_random},
                                        {"leave_one_out", split_leave_one_out},
                                        {"user_time", split_user_time},
                                        {"global_time", split_global_time},
                                        {"item_cold", split_item_cold},
                                        {"new_user", split_new_user}}};

std::string_view to_string(Part part) {
  constexpr std::array<std::string_view, 5> kNames{"train", "valid", "test", "none", "history"};
  return kNames[static_cast<std::size_t>(part)];
}

/// The part of each pair, from the parts of its events. Weights do not matter here: every event has a pair.
std::vector<Part> parts_of_pairs(const Dataset& dataset, const Pairs& joined, std::span<const Part> parts) {
  std::vector<Part> result(joined.pairs.size(), Part::none);
  std::vector<std::uint8_t> known(joined.pairs.size(), 0);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto k = static_cast<std::size_t>(joined.of_event[i]);
    if (known[k] && result[k] != parts[i]) {
      fail(ErrorCode::corrupt_data,
           "user '{}' with item '{}' is in both {} and {}: a pair may be in one part only",
           dataset.users.id(joined.pairs[k].user), dataset.items.id(joined.pairs[k].item),
           to_string(result[k]), to_string(parts[i]));
    }
    known[k] = 1;
    result[k] = parts[i];
  }
  return result;
}

Pairs join_all(const Dataset& dataset, std::span<const Part> parts) {
  require(parts.size() == dataset.log.events.size(), "a split of {} events does not fit a log of {}",
          parts.size(), dataset.log.events.size());
  return join_pairs(dataset.log, dataset.user_count(), dataset.item_count(), {});
}

}  // namespace

Parts make_split(std::string_view name, const Dataset& dataset, const SplitOptions& options) {
  const auto found = std::ranges::find(kSplits, name, &Named::name);
  if (found == kSplits.end()) {
    fail(ErrorCode::usage, "unknown split '{}'; known: {}", name, fmt::join(split_names(), ", "));
  }
  return found->make(dataset, options);
}

std::vector<std::string> split_names() {
  std::vector<std::string> names;
  for (const auto& split : kSplits) names.emplace_back(split.name);
  return names;
}

Parts split_by_labels(const Dataset& dataset, const SplitOptions& options) {
  const auto& log = dataset.log;
  if (log.labels.empty()) {
    fail(ErrorCode::not_found, "'{}' fixes no split (no x_label column, no train and test files)",
         dataset.name);
  }
  check_disjoint(dataset, log.labels);
  const auto joined = join_pairs(log, dataset.user_count(), dataset.item_count(), options.weights);
  Parts parts = log.labels;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (!joined.pairs[static_cast<std::size_t>(joined.of_event[i])].counts()) parts[i] = Part::none;
  }
  return parts;
}

Interactions part_of(const Dataset& dataset, std::span<const Part> parts, Part part,
                     const KindWeights& weights) {
  return parts_of(dataset, parts, {part}, weights);
}

Interactions parts_of(const Dataset& dataset, std::span<const Part> parts, std::initializer_list<Part> wanted,
                      const KindWeights& weights) {
  require(parts.size() == dataset.log.events.size(), "a split of {} events does not fit a log of {}",
          parts.size(), dataset.log.events.size());
  return build_interactions(
      dataset.log, dataset.user_count(), dataset.item_count(), weights,
      [&](std::size_t i) { return std::find(wanted.begin(), wanted.end(), parts[i]) != wanted.end(); });
}

void check_disjoint(const Dataset& dataset, std::span<const Part> parts) {
  parts_of_pairs(dataset, join_all(dataset, parts), parts);
}

SplitSizes split_sizes(std::size_t n, double valid, double test) {
  require(valid >= 0.0 && test >= 0.0 && valid + test < 1.0,
          "shares of valid and test must be at least 0 and sum below 1, got {} and {}", valid, test);
  // The small term keeps .29 * 100 from becoming 28.
  const auto whole = [&](double share) {
    return static_cast<std::size_t>(std::floor(share * static_cast<double>(n) + 1e-9));
  };
  SplitSizes sizes{0, whole(valid), whole(test)};
  sizes.train = n - sizes.valid - sizes.test;
  const auto at_least_one = [&](std::size_t& size, double share) {
    if (size == 0 && share > 0.0 && sizes.train > 1) {
      size = 1;
      --sizes.train;
    }
  };
  at_least_one(sizes.test, test);
  at_least_one(sizes.valid, valid);
  return sizes;
}

PartCounts count_pairs(const Dataset& dataset, std::span<const Part> parts) {
  PartCounts counts;
  for (const auto part : parts_of_pairs(dataset, join_all(dataset, parts), parts)) {
    switch (part) {
      case Part::train: ++counts.train; break;
      case Part::valid: ++counts.valid; break;
      case Part::test: ++counts.test; break;
      case Part::none: ++counts.none; break;
      case Part::history: ++counts.history; break;
    }
  }
  return counts;
}

Parts spread(const Pairs& pairs, std::span<const Part> of_pair) {
  Parts parts(pairs.of_event.size(), Part::none);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto k = pairs.of_event[i];
    if (k != Pairs::kNone) parts[i] = of_pair[static_cast<std::size_t>(k)];
  }
  return parts;
}

}  // namespace medley::data

#include "medley/core/error.h"
#include "medley/core/rng.h"
#include "medley/data/split/split.h"

#include <algorithm>

namespace medley::data {
namespace {

/// Gives each user's counting pairs to `arrange(mine)`, which orders their indices, and cuts the list
/// by `sizes(n)`: train first, then valid, then test.
template <class Arrange, class Sizes>
Parts split_each_user(const Dataset& dataset, const SplitOptions& options, Arrange arrange, Sizes sizes) {
  const auto joined = join_pairs(dataset.log, dataset.user_count(), dataset.item_count(), options.weights);
  std::vector<Part> of_pair(joined.pairs.size(), Part::none);
  std::vector<std::size_t> mine;
  for (std::size_t user = 0; user + 1 < joined.indptr.size(); ++user) {
    mine.clear();
    for (auto k = joined.indptr[user]; k < joined.indptr[user + 1]; ++k) {
      if (joined.pairs[k].counts()) mine.push_back(k);
    }
    arrange(joined, mine);
    const SplitSizes size = sizes(mine.size());
    for (std::size_t k = 0; k < mine.size(); ++k) {
      of_pair[mine[k]] = k < size.train                ? Part::train
                         : k < size.train + size.valid ? Part::valid
                                                       : Part::test;
    }
  }
  return spread(joined, of_pair);
}

/// Orders pairs by the time of their last event; the same time keeps the file order of these events.
auto by_time(const Dataset& dataset, std::string_view split) {
  require(dataset.log.has_times(), "the split '{}' needs the time of every event, and '{}' lacks some", split,
          dataset.name);
  return [&log = dataset.log](const Pairs& joined, std::vector<std::size_t>& mine) {
    std::ranges::sort(mine, {}, [&](std::size_t k) {
      const auto last = joined.pairs[k].last;
      return std::pair(log.events[last].time, last);
    });
  };
}

}  // namespace

Parts split_random(const Dataset& dataset, const SplitOptions& options) {
  Rng rng(options.seed);
  return split_each_user(
      dataset, options, [&](const Pairs&, std::vector<std::size_t>& mine) { rng.shuffle(mine); },
      [&](std::size_t n) { return split_sizes(n, options.valid, options.test); });
}

Parts split_leave_one_out(const Dataset& dataset, const SplitOptions& options) {
  return split_each_user(dataset, options, by_time(dataset, "leave_one_out"), [](std::size_t n) {
    const std::size_t test = n >= 2 ? 1 : 0;
    const std::size_t valid = n >= 3 ? 1 : 0;
    return SplitSizes{n - valid - test, valid, test};
  });
}

Parts split_user_time(const Dataset& dataset, const SplitOptions& options) {
  return split_each_user(dataset, options, by_time(dataset, "user_time"),
                         [&](std::size_t n) { return split_sizes(n, options.valid, options.test); });
}

Parts split_new_user(const Dataset& dataset, const SplitOptions& options) {
  require(options.history > 0.0 && options.history < 1.0, "the share of a history must be in (0, 1), got {}",
          options.history);
  const auto arrange = by_time(dataset, "new_user");
  const auto joined = join_pairs(dataset.log, dataset.user_count(), dataset.item_count(), options.weights);
  std::vector<std::vector<std::size_t>> of_user;  // the pairs that count, of each user who has some
  for (std::size_t user = 0; user + 1 < joined.indptr.size(); ++user) {
    std::vector<std::size_t> mine;
    for (auto k = joined.indptr[user]; k < joined.indptr[user + 1]; ++k) {
      if (joined.pairs[k].counts()) mine.push_back(k);
    }
    if (!mine.empty()) of_user.push_back(std::move(mine));
  }
  Rng rng(options.seed);
  rng.shuffle(of_user);
  const auto size = split_sizes(of_user.size(), options.valid, options.test);
  std::vector<Part> of_pair(joined.pairs.size(), Part::none);
  for (std::size_t u = 0; u < of_user.size(); ++u) {
    auto& mine = of_user[u];
    if (u < size.train) {
      for (const auto k : mine) of_pair[k] = Part::train;
      continue;
    }
    arrange(joined, mine);
    const auto found = split_sizes(mine.size(), 0.0, 1.0 - options.history).test;
    for (std::size_t k = 0; k < mine.size(); ++k) {
      of_pair[mine[k]] = k + found < mine.size()       ? Part::history
                         : u < size.train + size.valid ? Part::valid
                                                       : Part::test;
    }
  }
  return spread(joined, of_pair);
}

Parts hold_out(const Dataset& dataset, Parts parts, double share, std::uint64_t seed) {
  check_disjoint(dataset, parts);
  const auto joined = join_pairs(dataset.log, dataset.user_count(), dataset.item_count(), {},
                                 [&](std::size_t i) { return parts[i] == Part::train; });
  std::vector<Part> of_pair(joined.pairs.size(), Part::train);
  Rng rng(seed);
  std::vector<std::size_t> mine;
  for (std::size_t user = 0; user + 1 < joined.indptr.size(); ++user) {
    mine.clear();
    for (auto k = joined.indptr[user]; k < joined.indptr[user + 1]; ++k) mine.push_back(k);
    rng.shuffle(mine);
    const auto valid = split_sizes(mine.size(), share, 0.0).valid;
    for (std::size_t k = 0; k < valid; ++k) of_pair[mine[k]] = Part::valid;
  }
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (joined.of_event[i] != Pairs::kNone) parts[i] = of_pair[static_cast<std::size_t>(joined.of_event[i])];
  }
  return parts;
}

}  // namespace medley::data

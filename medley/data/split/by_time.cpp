#include "medley/core/error.h"
#include "medley/data/split/split.h"

#include <algorithm>
#include <limits>

namespace medley::data {

Parts split_global_time(const Dataset& dataset, const SplitOptions& options) {
  require(dataset.log.has_times(),
          "the split 'global_time' needs the time of every event, and '{}' lacks some", dataset.name);
  const auto joined = join_pairs(dataset.log, dataset.user_count(), dataset.item_count(), options.weights);
  const auto time_of = [&](const Pair& pair) { return dataset.log.events[pair.last].time; };
  std::vector<std::int64_t> times;
  for (const auto& pair : joined.pairs) {
    if (pair.counts()) times.push_back(time_of(pair));
  }
  std::vector<Part> of_pair(joined.pairs.size(), Part::none);
  if (times.empty()) return spread(joined, of_pair);
  std::ranges::sort(times);
  const auto size = split_sizes(times.size(), options.valid, options.test);
  // A part of no pairs begins never: position n has no time.
  const auto begin_of = [&](std::size_t position, std::size_t count) {
    return count == 0 ? std::numeric_limits<std::int64_t>::max() : times[position];
  };
  const auto test_from = begin_of(size.train + size.valid, size.test);
  const auto valid_from = begin_of(size.train, size.valid);
  for (std::size_t k = 0; k < joined.pairs.size(); ++k) {
    const auto& pair = joined.pairs[k];
    if (!pair.counts()) continue;
    const auto time = time_of(pair);
    of_pair[k] = time >= test_from ? Part::test : time >= valid_from ? Part::valid : Part::train;
  }
  return spread(joined, of_pair);
}

}  // namespace medley::data

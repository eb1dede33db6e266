#include "medley/core/rng.h"
#include "medley/data/split/split.h"

namespace medley::data {

Parts split_item_cold(const Dataset& dataset, const SplitOptions& options) {
  const auto joined = join_pairs(dataset.log, dataset.user_count(), dataset.item_count(), options.weights);
  std::vector<std::uint8_t> has_events(static_cast<std::size_t>(dataset.item_count()), 0);
  for (const auto& pair : joined.pairs) {
    if (pair.counts()) has_events[static_cast<std::size_t>(pair.item)] = 1;
  }
  std::vector<ItemId> items;
  for (ItemId item = 0; item < dataset.item_count(); ++item) {
    if (has_events[static_cast<std::size_t>(item)]) items.push_back(item);
  }
  Rng rng(options.seed);
  rng.shuffle(items);

  const auto size = split_sizes(items.size(), options.valid, options.test);
  std::vector<Part> of_item(has_events.size(), Part::none);
  for (std::size_t k = 0; k < items.size(); ++k) {
    of_item[static_cast<std::size_t>(items[k])] = k < size.train                ? Part::train
                                                  : k < size.train + size.valid ? Part::valid
                                                                                : Part::test;
  }
  std::vector<Part> of_pair;
  of_pair.reserve(joined.pairs.size());
  for (const auto& pair : joined.pairs) {
    of_pair.push_back(pair.counts() ? of_item[static_cast<std::size_t>(pair.item)] : Part::none);
  }
  return spread(joined, of_pair);
}

}  // namespace medley::data

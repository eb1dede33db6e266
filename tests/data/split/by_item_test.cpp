#include "medley/data/split/split.h"

#include "../log_builder.h"
#include <gtest/gtest.h>

using namespace medley;
using namespace medley::data;

namespace {

std::size_t items_with_events(const Interactions& pairs) {
  std::size_t count = 0;
  for (ItemId item = 0; item < pairs.items; ++item) count += !pairs.users_of(item).empty();
  return count;
}

}  // namespace

TEST(SplitByItem, moves_every_event_of_an_item_together) {
  const auto data = ring_log(100, 40, 9);
  const auto parts = split_item_cold(data);
  std::vector<int> seen(40, -1);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    auto& part = seen[static_cast<std::size_t>(data.log.events[i].item)];
    if (part < 0) part = static_cast<int>(parts[i]);
    EXPECT_EQ(part, static_cast<int>(parts[i]));
  }
  EXPECT_EQ(items_with_events(part_of(data, parts, Part::test)), 4u);
  EXPECT_EQ(items_with_events(part_of(data, parts, Part::valid)), 4u);
  EXPECT_EQ(items_with_events(part_of(data, parts, Part::train)), 32u);
}

TEST(SplitByItem, shares_only_items_that_have_events) {
  auto data = ring_log(10, 10, 3);
  for (int k = 0; k < 90; ++k) data.items.add("never seen " + std::to_string(k));
  const auto parts = split_item_cold(data);
  EXPECT_EQ(items_with_events(part_of(data, parts, Part::test)), 1u) << "a tenth of 10 items, not of 100";
}

TEST(SplitByItem, draws_with_the_seed) {
  const auto data = ring_log(100, 40, 9);
  SplitOptions other;
  other.seed = 9;
  EXPECT_EQ(split_item_cold(data), split_item_cold(data));
  EXPECT_NE(split_item_cold(data), split_item_cold(data, other));
}

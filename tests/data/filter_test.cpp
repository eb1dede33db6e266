#include "medley/data/filter.h"

#include "medley/core/error.h"

#include "log_builder.h"
#include <gtest/gtest.h>

using namespace medley;
using namespace medley::data;

TEST(Filter, by_value_keeps_order_and_labels) {
  const auto data = LogBuilder()
                        .add("a", "x", 1, "rating", 4.0f)
                        .label(Part::train)
                        .add("a", "y", 2, "rating", 3.5f)
                        .label(Part::valid)
                        .add("b", "x", 3, "rating", 5.0f)
                        .label(Part::test)
                        .build();
  const auto log = keep_values(data.log, 4.0);
  ASSERT_EQ(log.events.size(), 2u);
  EXPECT_EQ(log.events[1], data.log.events[2]);
  EXPECT_EQ(log.labels, (std::vector<Part>{Part::train, Part::test}));
  EXPECT_EQ(log.kinds, data.log.kinds);
}

TEST(Filter, k_core_repeats_until_nothing_has_too_few) {
  // c has two items, but z has one user; without z, c has one item and goes too: one pass is not enough.
  const auto data = LogBuilder()
                        .add("a", "x")
                        .add("a", "y")
                        .add("b", "x")
                        .add("b", "y")
                        .add("c", "x")
                        .add("c", "z")
                        .build();
  const auto log = k_core(data.log, 3, 3, 2, 2);
  ASSERT_EQ(log.events.size(), 4u);
  for (const auto& event : log.events) EXPECT_NE(data.users.id(event.user), "c");
}

TEST(Filter, k_core_counts_distinct_partners_not_events) {
  const auto data = LogBuilder().add("a", "x", 1).add("a", "x", 2).add("b", "x", 3).build();
  EXPECT_TRUE(k_core(data.log, 2, 1, 2, 1).events.empty());
  EXPECT_EQ(k_core(data.log, 2, 1, 1, 2).events.size(), 3u) << "all events of a pair stay";
}

TEST(Filter, k_core_of_zero_takes_nothing_away) {
  const auto data = ring_log(4, 4, 2);
  EXPECT_EQ(k_core(data.log, 4, 4, 0, 0).events, data.log.events);
  EXPECT_THROW(k_core(data.log, 4, 4, -1, 0), Error);
}

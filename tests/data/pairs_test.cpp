#include "medley/data/pairs.h"

#include "medley/core/error.h"

#include "log_builder.h"
#include <gtest/gtest.h>

using namespace medley;
using namespace medley::data;

TEST(Pairs, join_the_events_of_a_user_with_an_item) {
  const auto data = LogBuilder().add("b", "y", 5).add("a", "x", 9).add("b", "x", 4).add("b", "y", 3).build();
  const auto joined = join_pairs(data.log, 2, 2, {});
  ASSERT_EQ(joined.pairs.size(), 3u);
  EXPECT_EQ(joined.indptr, (std::vector<std::size_t>{0, 2, 3}));
  EXPECT_EQ(joined.of_event, (std::vector<std::int32_t>{0, 2, 1, 0}));
  EXPECT_EQ(joined.pairs[0].last, 0u) << "time 5 is later than time 3, whatever the file order";
  EXPECT_EQ(joined.pairs[0].weight, 2.0);
}

TEST(Pairs, same_second_takes_the_last_in_file_order) {
  const auto data = LogBuilder().add("a", "x", 7).add("a", "x", 7).build();
  EXPECT_EQ(join_pairs(data.log, 1, 1, {}).pairs[0].last, 1u);
  const auto timeless = LogBuilder().add("a", "x").add("a", "x").build();
  EXPECT_EQ(join_pairs(timeless.log, 1, 1, {}).pairs[0].last, 1u);
}

TEST(Pairs, leave_out_events_that_are_not_taken) {
  const auto data = LogBuilder().add("a", "x").add("a", "y").build();
  const auto joined = join_pairs(data.log, 1, 2, {}, [](std::size_t i) { return i == 1; });
  EXPECT_EQ(joined.of_event, (std::vector<std::int32_t>{Pairs::kNone, 0}));
  EXPECT_EQ(joined.pairs[0].item, 1);
}

TEST(Pairs, refuse_row_numbers_outside_the_dataset) {
  const auto data = LogBuilder().add("a", "x").add("b", "y").build();
  EXPECT_THROW(join_pairs(data.log, 1, 2, {}), Error);
  EXPECT_THROW(join_pairs(data.log, 2, 1, {}), Error);
  EventLog log = data.log;
  log.events[0].kind = 1;
  EXPECT_THROW(join_pairs(log, 2, 2, {}), Error);
}

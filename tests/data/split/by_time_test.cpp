#include "medley/core/error.h"
#include "medley/data/split/split.h"

#include "../log_builder.h"
#include <gmock/gmock.h>

using namespace medley;
using namespace medley::data;
using testing::ElementsAre;

namespace {

const SplitOptions kQuarters{0.25, 0.25};

TEST(SplitByTime, cuts_all_users_at_the_same_moments) {
  const auto data =
      LogBuilder().add("a", "x", 40).add("a", "y", 10).add("b", "x", 30).add("b", "y", 20).build();
  EXPECT_THAT(split_global_time(data, kQuarters),
              ElementsAre(Part::test, Part::train, Part::valid, Part::train));
}

TEST(SplitByTime, leaves_users_without_a_past_in_the_test) {
  const auto data = LogBuilder().add("a", "x", 1).add("a", "y", 2).add("a", "z", 3).add("b", "x", 4).build();
  EXPECT_THAT(split_global_time(data, kQuarters),
              ElementsAre(Part::train, Part::train, Part::valid, Part::test));
}

TEST(SplitByTime, keeps_a_moment_whole_and_gives_it_to_the_later_part) {
  const auto data = LogBuilder().add("a", "x", 1).add("b", "x", 2).add("c", "x", 5).add("d", "x", 5).build();
  EXPECT_THAT(split_global_time(data, kQuarters),
              ElementsAre(Part::train, Part::train, Part::test, Part::test));
}

TEST(SplitByTime, places_a_repeated_pair_by_its_last_event) {
  const auto data = LogBuilder()
                        .add("a", "x", 1)
                        .add("a", "y", 2)
                        .add("b", "y", 3)
                        .add("b", "x", 4)
                        .add("a", "x", 5)
                        .build();
  EXPECT_THAT(split_global_time(data, kQuarters),
              ElementsAre(Part::test, Part::train, Part::train, Part::valid, Part::test));
}

TEST(SplitByTime, a_share_of_0_gives_a_part_nothing) {
  const auto data = LogBuilder().add("a", "x", 1).add("b", "x", 2).build();
  EXPECT_THAT(split_global_time(data, {0.0, 0.5}), ElementsAre(Part::train, Part::test));
  EXPECT_THAT(split_global_time(data, {0.0, 0.0}), ElementsAre(Part::train, Part::train));
}

TEST(SplitByTime, refuses_a_log_without_times) {
  EXPECT_THROW(split_global_time(LogBuilder().add("a", "x").add("a", "y").build()), Error);
}

}  // namespace

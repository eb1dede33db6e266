#include "medley/core/error.h"

#include "tests/eval/fixtures.h"
#include "tests/eval/results.h"
#include <gtest/gtest.h>

using namespace medley;
using namespace medley::eval;
using namespace medley::eval::test;

namespace {

TEST(MapAtK, adds_the_precision_at_each_hit_and_divides_by_all_held_out_items) {
  // Hits at places 2 and 3 of three held-out items: (1/2 + 2/3) / 3.
  EXPECT_DOUBLE_EQ(metric_of("map", 3, result({4, 1, 2}, {1, 2, 9})), (1.0 / 2.0 + 2.0 / 3.0) / 3.0);
  EXPECT_DOUBLE_EQ(metric_of("map", 2, result({4, 1, 2}, {1, 2, 9})), (1.0 / 2.0) / 3.0);
  EXPECT_DOUBLE_EQ(metric_of("map", 1, result({1, 2}, {1, 2})), 0.5);
}

TEST(MapAtK, agrees_with_ranx) {
  const auto lines = fixture("metrics.txt");
  ASSERT_EQ(lines.size(), 60u);
  for (const auto& line : lines) {
    const auto one = result(numbers<ItemId>(line[0]), numbers<ItemId>(line[1]));
    EXPECT_NEAR(metric_of("map", 5, one), numbers<double>(line[2])[5], 1e-9);
    EXPECT_NEAR(metric_of("map", 10, one), numbers<double>(line[3])[5], 1e-9);
  }
}

TEST(MapAtK, refuses_a_list_of_no_items) {
  EXPECT_THROW(metric("map", 0), Error);
}

}  // namespace

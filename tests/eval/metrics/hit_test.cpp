#include "medley/core/error.h"

#include "tests/eval/fixtures.h"
#include "tests/eval/results.h"
#include <gtest/gtest.h>

using namespace medley;
using namespace medley::eval;
using namespace medley::eval::test;

namespace {

TEST(HitAtK, is_1_when_any_held_out_item_is_listed) {
  EXPECT_EQ(metric_of("hit", 2, result({4, 1, 2}, {1, 2})), 1.0);
  EXPECT_EQ(metric_of("hit", 1, result({4, 1, 2}, {1, 2})), 0.0);
  EXPECT_EQ(metric_of("hit", 1, result({}, {1, 2})), 0.0);
}

TEST(HitAtK, agrees_with_ranx) {
  const auto lines = fixture("metrics.txt");
  ASSERT_EQ(lines.size(), 60u);
  for (const auto& line : lines) {
    const auto one = result(numbers<ItemId>(line[0]), numbers<ItemId>(line[1]));
    EXPECT_NEAR(metric_of("hit", 5, one), numbers<double>(line[2])[2], 1e-12);
    EXPECT_NEAR(metric_of("hit", 10, one), numbers<double>(line[3])[2], 1e-12);
  }
}

TEST(HitAtK, refuses_a_list_of_no_items) {
  EXPECT_THROW(metric("hit", 0), Error);
}

}  // namespace

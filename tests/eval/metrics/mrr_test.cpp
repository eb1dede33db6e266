#include "medley/core/error.h"

#include "tests/eval/fixtures.h"
#include "tests/eval/results.h"
#include <gtest/gtest.h>

using namespace medley;
using namespace medley::eval;
using namespace medley::eval::test;

namespace {

TEST(MrrAtK, takes_the_first_hit_within_k_only) {
  EXPECT_DOUBLE_EQ(metric_of("mrr", 3, result({4, 1, 2}, {1, 2})), 0.5);
  EXPECT_DOUBLE_EQ(metric_of("mrr", 3, result({4, 1, 2}, {2})), 1.0 / 3.0);
  EXPECT_EQ(metric_of("mrr", 2, result({4, 1, 2}, {2})), 0.0);
}

TEST(MrrAtK, agrees_with_ranx) {
  const auto lines = fixture("metrics.txt");
  ASSERT_EQ(lines.size(), 60u);
  for (const auto& line : lines) {
    const auto one = result(numbers<ItemId>(line[0]), numbers<ItemId>(line[1]));
    EXPECT_NEAR(metric_of("mrr", 5, one), numbers<double>(line[2])[3], 1e-12);
    EXPECT_NEAR(metric_of("mrr", 10, one), numbers<double>(line[3])[3], 1e-12);
  }
}

TEST(MrrAtK, refuses_a_list_of_no_items) {
  EXPECT_THROW(metric("mrr", 0), Error);
}

}  // namespace

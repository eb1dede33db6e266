#include "medley/core/error.h"

#include "tests/eval/fixtures.h"
#include "tests/eval/results.h"
#include <gtest/gtest.h>

using namespace medley;
using namespace medley::eval;
using namespace medley::eval::test;

namespace {

TEST(RecallAtK, counts_hits_of_all_held_out_items) {
  EXPECT_DOUBLE_EQ(metric_of("recall", 3, result({4, 1, 2}, {1, 2, 8, 9})), 0.5);
  EXPECT_DOUBLE_EQ(metric_of("recall", 2, result({4, 1, 2}, {1, 2, 8, 9})), 0.25);
  // Ten hits of eleven: the list is full of hits, and recall still divides by all eleven.
  EXPECT_DOUBLE_EQ(
      metric_of("recall", 10, result({0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10})),
      10.0 / 11.0);
}

TEST(RecallAtK, is_a_mean_over_users_in_which_an_empty_list_counts_0) {
  const std::vector<UserResult> results = {result({1}, {1}), result({}, {2})};
  EXPECT_DOUBLE_EQ(metric("recall", 5)->value(results, {}), 0.5);
}

TEST(RecallAtK, agrees_with_ranx) {
  const auto lines = fixture("metrics.txt");
  ASSERT_EQ(lines.size(), 60u);
  for (const auto& line : lines) {
    const auto one = result(numbers<ItemId>(line[0]), numbers<ItemId>(line[1]));
    EXPECT_NEAR(metric_of("recall", 5, one), numbers<double>(line[2])[0], 1e-12);
    EXPECT_NEAR(metric_of("recall", 10, one), numbers<double>(line[3])[0], 1e-12);
  }
}

TEST(RecallAtK, refuses_a_list_of_no_items) {
  EXPECT_THROW(metric("recall", 0), Error);
}

}  // namespace

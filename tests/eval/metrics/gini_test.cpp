#include "medley/core/error.h"

#include "tests/eval/fixtures.h"
#include "tests/eval/results.h"
#include <gtest/gtest.h>

using namespace medley;
using namespace medley::eval;
using namespace medley::eval::test;

namespace {

TEST(GiniAtK, counts_candidates_that_are_never_listed) {
  ItemFacts facts;
  facts.candidates = 4;
  // Counts 0, 0, 1, 3 of items in first places: (1 * 1 + 3 * 3) / (4 * 4).
  const std::vector<UserResult> results = {result({1, 2}, {9}), result({1, 2}, {9}), result({1, 2}, {9}),
                                           result({3, 2}, {9})};
  EXPECT_DOUBLE_EQ(metric("gini", 1)->value(results, facts), 10.0 / 16.0);
  // Counts 0, 1, 3, 4: (-1 * 1 + 1 * 3 + 3 * 4) / (4 * 8).
  EXPECT_DOUBLE_EQ(metric("gini", 2)->value(results, facts), 14.0 / 32.0);
}

TEST(GiniAtK, is_0_where_all_candidates_are_listed_equally_often) {
  ItemFacts facts;
  facts.candidates = 4;
  const std::vector<UserResult> results = {result({0, 1}, {9}), result({2, 3}, {9})};
  EXPECT_DOUBLE_EQ(metric("gini", 2)->value(results, facts), 0.0);
}

TEST(GiniAtK, has_no_value_a_user_and_is_0_without_candidates) {
  const std::vector<UserResult> results = {result({1}, {1})};
  EXPECT_TRUE(metric("gini", 2)->user_values(results, {}).empty());
  EXPECT_EQ(metric("gini", 2)->value(results, {}), 0.0);
}

TEST(GiniAtK, refuses_a_list_of_no_items) {
  EXPECT_THROW(metric("gini", 0), Error);
}

}  // namespace

#include "medley/core/error.h"

#include "tests/eval/fixtures.h"
#include "tests/eval/results.h"
#include <gtest/gtest.h>

using namespace medley;
using namespace medley::eval;
using namespace medley::eval::test;

namespace {

TEST(CoverageAtK, counts_distinct_items_over_all_users) {
  const std::vector<UserResult> results = {result({1, 2, 3}, {9}), result({2, 1, 4}, {9}), result({}, {9})};
  ItemFacts facts;
  facts.candidates = 8;
  EXPECT_DOUBLE_EQ(metric("coverage", 2)->value(results, facts), 2.0 / 8.0);
  EXPECT_DOUBLE_EQ(metric("coverage", 3)->value(results, facts), 4.0 / 8.0);
}

TEST(CoverageAtK, has_no_value_a_user_and_is_0_without_candidates) {
  const std::vector<UserResult> results = {result({1}, {1})};
  EXPECT_TRUE(metric("coverage", 2)->user_values(results, {}).empty());
  EXPECT_EQ(metric("coverage", 2)->value(results, {}), 0.0);
}

TEST(CoverageAtK, refuses_a_list_of_no_items) {
  EXPECT_THROW(metric("coverage", 0), Error);
}

}  // namespace

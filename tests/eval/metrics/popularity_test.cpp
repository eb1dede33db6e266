#include "medley/core/error.h"

#include "tests/eval/fixtures.h"
#include "tests/eval/results.h"
#include <gtest/gtest.h>

using namespace medley;
using namespace medley::eval;
using namespace medley::eval::test;

namespace {

TEST(PopularityAtK, is_the_mean_over_users_of_the_mean_over_their_lists) {
  ItemFacts facts;
  facts.train_users = {10, 20, 60};
  const std::vector<UserResult> results = {result({0, 1, 2}, {2}), result({2}, {0}), result({}, {1})};
  // (30 + 60 + 0) / 3; at 2: (15 + 60 + 0) / 3.
  EXPECT_DOUBLE_EQ(metric("popularity", 3)->value(results, facts), 30.0);
  EXPECT_DOUBLE_EQ(metric("popularity", 2)->value(results, facts), 25.0);
}

TEST(PopularityAtK, refuses_items_beyond_the_facts) {
  EXPECT_THROW(metric_of("popularity", 2, result({3}, {1}), facts_of(3)), Error);
  EXPECT_THROW(metric_of("popularity", 2, result({-1}, {1}), facts_of(3)), Error);
}

}  // namespace

#include "medley/core/error.h"

#include "tests/eval/fixtures.h"
#include "tests/eval/results.h"
#include <gtest/gtest.h>

using namespace medley;
using namespace medley::eval;
using namespace medley::eval::test;

namespace {

TEST(NoveltyAtK, is_the_mean_information_of_the_listed_items) {
  ItemFacts facts;
  facts.users = 16;
  facts.train_users = {16, 4, 1, 0};
  const std::vector<UserResult> results = {result({0, 1, 2}, {2}), result({3}, {0}), result({}, {1})};
  // ((0 + 2 + 4) / 3 + 4 + 0) / 3; at 2: ((0 + 2) / 2 + 4 + 0) / 3. An item without users counts as with one.
  EXPECT_DOUBLE_EQ(metric("novelty", 3)->value(results, facts), 2.0);
  EXPECT_DOUBLE_EQ(metric("novelty", 2)->value(results, facts), 5.0 / 3.0);
}

TEST(NoveltyAtK, refuses_items_beyond_the_facts_and_facts_without_users) {
  EXPECT_THROW(metric_of("novelty", 2, result({3}, {1}), facts_of(3)), Error);
  EXPECT_THROW(metric_of("novelty", 2, result({1}, {1})), Error);
}

TEST(NoveltyAtK, refuses_a_list_of_no_items) {
  EXPECT_THROW(metric("novelty", 0), Error);
}

}  // namespace

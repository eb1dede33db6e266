#include "medley/core/error.h"

#include "tests/eval/results.h"
#include "tests/eval/table_of.h"
#include <gtest/gtest.h>

using namespace medley;
using namespace medley::eval;
using namespace medley::eval::test;

namespace {

TEST(IldAtK, is_the_mean_distance_over_the_pairs_of_the_list) {
  // Cosines: 0-1 .6, 0-2 0, 1-2 .8; item 3 has no vector.
  const ListVectors vectors(table_of({{1, 0}, {3, 4}, {0, 1}, {}}, 2));
  ItemFacts facts;
  facts.vectors = &vectors;
  EXPECT_NEAR(metric_of("ild", 3, result({0, 1, 2}, {0}), facts), (.4 + 1.0 + .2) / 3, 1e-6);
  EXPECT_NEAR(metric_of("ild", 2, result({0, 1, 2}, {0}), facts), .4, 1e-6) << "the first two";
  EXPECT_NEAR(metric_of("ild", 3, result({0, 3, 2}, {0}), facts), 1.0, 1e-6) << "without the absent one";
  EXPECT_EQ(metric_of("ild", 3, result({0, 3}, {0}), facts), 0.0);
  EXPECT_EQ(metric_of("ild", 3, result({}, {0}), facts), 0.0);
  const std::vector<UserResult> both = {result({0, 1}, {0}), result({1, 2}, {0})};
  EXPECT_NEAR(metric("ild", 3)->value(both, facts), .3, 1e-6);
  EXPECT_EQ(metric("ild", 3)->user_values(both, facts).size(), 2u);
}

TEST(IldAtK, refuses_facts_without_vectors_and_items_beyond_them) {
  EXPECT_THROW(metric_of("ild", 2, result({0, 1}, {0})), Error);
  const ListVectors vectors(table_of({{1, 0}}, 2));
  ItemFacts facts;
  facts.vectors = &vectors;
  EXPECT_THROW(metric_of("ild", 2, result({0, 1}, {0}), facts), Error);
}

}  // namespace

#include "medley/core/error.h"

#include "tests/eval/fixtures.h"
#include "tests/eval/results.h"
#include <gtest/gtest.h>

using namespace medley;
using namespace medley::eval;
using namespace medley::eval::test;

namespace {

TEST(NdcgAtK, one_relevant_at_place_2_of_3) {
  EXPECT_NEAR(metric_of("ndcg", 3, result({5, 7, 6}, {7})), 0.6309, 5e-5);
}

TEST(NdcgAtK, eleven_relevant_and_ten_hits_at_10_is_perfect) {
  const auto one = result({0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
  EXPECT_DOUBLE_EQ(metric_of("ndcg", 10, one), 1.0);
}

TEST(NdcgAtK, a_short_list_loses_against_the_ideal_of_k) {
  // Gain 1 of an ideal 1 + 1/log2(3).
  EXPECT_NEAR(metric_of("ndcg", 5, result({3}, {3, 4})), 1.0 / 1.6309297535714573, 1e-12);
}

TEST(NdcgAtK, agrees_with_ranx) {
  const auto lines = fixture("metrics.txt");
  ASSERT_EQ(lines.size(), 60u);
  for (const auto& line : lines) {
    const auto one = result(numbers<ItemId>(line[0]), numbers<ItemId>(line[1]));
    EXPECT_NEAR(metric_of("ndcg", 5, one), numbers<double>(line[2])[1], 1e-12);
    EXPECT_NEAR(metric_of("ndcg", 10, one), numbers<double>(line[3])[1], 1e-12);
  }
}

TEST(NdcgAtK, refuses_a_list_of_no_items) {
  EXPECT_THROW(metric("ndcg", 0), Error);
}

}  // namespace

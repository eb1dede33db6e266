#include "medley/core/error.h"

#include "tests/eval/fixtures.h"
#include "tests/eval/results.h"
#include <gtest/gtest.h>

using namespace medley;
using namespace medley::eval;
using namespace medley::eval::test;

namespace {

TEST(PrecisionAtK, divides_by_k_even_where_the_list_is_shorter) {
  EXPECT_DOUBLE_EQ(metric_of("precision", 2, result({4, 1, 2}, {1, 2})), 0.5);
  EXPECT_DOUBLE_EQ(metric_of("precision", 3, result({4, 1, 2}, {1, 2})), 2.0 / 3.0);
  EXPECT_DOUBLE_EQ(metric_of("precision", 10, result({4, 1, 2}, {1, 2})), 0.2);
}

TEST(PrecisionAtK, agrees_with_ranx) {
  const auto lines = fixture("metrics.txt");
  ASSERT_EQ(lines.size(), 60u);
  for (const auto& line : lines) {
    const auto one = result(numbers<ItemId>(line[0]), numbers<ItemId>(line[1]));
    EXPECT_NEAR(metric_of("precision", 5, one), numbers<double>(line[2])[4], 1e-9);
    EXPECT_NEAR(metric_of("precision", 10, one), numbers<double>(line[3])[4], 1e-9);
  }
}

TEST(PrecisionAtK, refuses_a_list_of_no_items) {
  EXPECT_THROW(metric("precision", 0), Error);
}

}  // namespace

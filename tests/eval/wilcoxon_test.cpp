#include "medley/eval/wilcoxon.h"

#include "medley/core/error.h"

#include "tests/eval/fixtures.h"
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

using namespace medley;
using namespace medley::eval::test;
using eval::wilcoxon;

namespace {

TEST(Wilcoxon, gives_the_p_values_of_scipy) {
  const auto lines = fixture("wilcoxon.txt");
  ASSERT_GE(lines.size(), 20u);
  for (const auto& line : lines) {
    ASSERT_EQ(line.size(), 3u);
    EXPECT_NEAR(wilcoxon(numbers<double>(line[2])), std::stod(line[1]), 1e-9) << line[0];
  }
}

TEST(Wilcoxon, counts_sign_patterns_by_hand) {
  // Of the 8 sign patterns of ranks 1, 2, 3 one sums to 6 and one to 0.
  EXPECT_DOUBLE_EQ(wilcoxon(std::vector{0.1, 0.2, 0.3}), 0.25);
  EXPECT_DOUBLE_EQ(wilcoxon(std::vector{-0.1, -0.2, -0.3}), 0.25);
}

TEST(Wilcoxon, is_one_without_differences) {
  EXPECT_EQ(wilcoxon({}), 1.0);
  EXPECT_EQ(wilcoxon(std::vector<double>(100, 0.0)), 1.0);
  EXPECT_EQ(wilcoxon(std::vector{0.0, -0.0}), 1.0);
}

TEST(Wilcoxon, does_not_depend_on_order_or_direction) {
  const std::vector<double> one = {0.3, -0.1, 0.2, 0.2, 0.0, 0.7};
  const std::vector<double> other = {-0.7, -0.2, 0.1, -0.3, -0.2, 0.0};
  EXPECT_DOUBLE_EQ(wilcoxon(one), wilcoxon(other));
}

TEST(Wilcoxon, refuses_differences_that_are_not_finite) {
  EXPECT_THROW(wilcoxon(std::vector{1.0, std::nan("")}), Error);
  EXPECT_THROW(wilcoxon(std::vector{std::numeric_limits<double>::infinity()}), Error);
}

}  // namespace

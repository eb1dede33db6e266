#include "medley/eval/paired_t.h"

#include "medley/core/error.h"

#include "tests/eval/fixtures.h"
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

using namespace medley;
using namespace medley::eval::test;
using eval::paired_t;

namespace {

TEST(PairedT, gives_the_p_values_of_scipy) {
  const auto lines = fixture("paired_t.txt");
  ASSERT_GE(lines.size(), 19u);
  for (const auto& line : lines) {
    ASSERT_EQ(line.size(), 3u);
    const double wanted = std::stod(line[1]);
    EXPECT_NEAR(paired_t(numbers<double>(line[2])), wanted, 1e-9 * wanted) << line[0];
  }
}

TEST(PairedT, of_two_differences_is_an_angle) {
  // One degree of freedom is Cauchy's distribution: t = 2 / 1, p = 1 - 2 atan(2) / pi.
  EXPECT_NEAR(paired_t(std::vector{1.0, 3.0}), 1.0 - 2.0 * std::atan(2.0) / std::acos(-1.0), 1e-12);
}

TEST(PairedT, is_one_without_differences_and_zero_where_all_are_the_same) {
  EXPECT_EQ(paired_t({}), 1.0);
  EXPECT_EQ(paired_t(std::vector{0.3}), 1.0);
  EXPECT_EQ(paired_t(std::vector<double>(100, 0.0)), 1.0);
  EXPECT_EQ(paired_t(std::vector{0.5, 0.5, 0.5}), 0.0);
  EXPECT_EQ(paired_t(std::vector{1.0, -1.0}), 1.0);
}

TEST(PairedT, refuses_differences_that_are_not_finite) {
  EXPECT_THROW(paired_t(std::vector{1.0, std::nan("")}), Error);
  EXPECT_THROW(paired_t(std::vector{std::numeric_limits<double>::infinity()}), Error);
}

}  // namespace

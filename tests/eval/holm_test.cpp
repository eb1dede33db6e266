#include "medley/eval/holm.h"

#include "medley/core/error.h"

#include "tests/eval/fixtures.h"
#include <gtest/gtest.h>

using namespace medley;
using namespace medley::eval::test;
using eval::holm;

namespace {

TEST(Holm, adjusts_by_hand) {
  // .01 x 4, .02 x 3, .03 x 2, .5 x 1.
  const auto adjusted = holm(std::vector{0.03, 0.01, 0.5, 0.02});
  EXPECT_DOUBLE_EQ(adjusted[1], 0.04);
  EXPECT_DOUBLE_EQ(adjusted[3], 0.06);
  EXPECT_DOUBLE_EQ(adjusted[0], 0.06);
  EXPECT_DOUBLE_EQ(adjusted[2], 0.5);
}

TEST(Holm, never_falls_below_the_adjusted_value_before_it_and_stops_at_one) {
  EXPECT_EQ(holm(std::vector{0.4, 0.41, 0.42}), (std::vector{1.0, 1.0, 1.0}));
  const auto adjusted = holm(std::vector{0.020, 0.021});
  EXPECT_DOUBLE_EQ(adjusted[0], 0.04);
  EXPECT_DOUBLE_EQ(adjusted[1], 0.04);
}

TEST(Holm, follows_the_definition_on_random_values) {
  const auto lines = fixture("holm.txt");
  ASSERT_EQ(lines.size(), 4u);
  for (const auto& line : lines) {
    const auto adjusted = holm(numbers<double>(line[2]));
    const auto expected = numbers<double>(line[1]);
    ASSERT_EQ(adjusted.size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) EXPECT_NEAR(adjusted[i], expected[i], 1e-12);
  }
}

TEST(Holm, takes_no_values_and_refuses_what_is_no_probability) {
  EXPECT_TRUE(holm({}).empty());
  EXPECT_THROW(holm(std::vector{0.1, 1.5}), Error);
  EXPECT_THROW(holm(std::vector{-0.1}), Error);
}

}  // namespace

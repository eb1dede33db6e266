#include "medley/data/check/value_limits.h"

#include <gtest/gtest.h>

#include <limits>
#include <vector>

using namespace medley::data;

namespace {

std::vector<float> ratings(int each) {
  std::vector<float> values;
  for (int k = 0; k < each; ++k) {
    for (const float value : {1.0f, 2.0f, 3.0f, 4.0f, 5.0f}) values.push_back(value);
  }
  return values;
}

}  // namespace

TEST(ValueLimits, widen_the_common_values_by_their_largest) {
  const auto limits = value_limits(ratings(20));
  ASSERT_TRUE(limits);
  EXPECT_EQ(limits->min, 0.0) << "no common value is negative";
  EXPECT_EQ(limits->max, 10.0);
}

TEST(ValueLimits, see_a_single_slip_in_a_short_log) {
  auto values = ratings(2);
  values.push_back(50.0f);
  const auto limits = value_limits(values);
  ASSERT_TRUE(limits);
  EXPECT_FALSE(limits->holds(50.0));
  EXPECT_TRUE(limits->holds(5.0));
}

TEST(ValueLimits, take_no_slip_for_a_scale_because_it_came_twice_in_a_long_log) {
  auto values = ratings(1000);
  values.push_back(-5.0f);
  values.push_back(-5.0f);
  EXPECT_FALSE(value_limits(values)->holds(-5.0)) << "2 of 5,002 are fewer than one in a thousand";
}

TEST(ValueLimits, allow_negative_values_where_they_are_common) {
  std::vector<float> values;
  for (int k = 0; k < 10; ++k) values.insert(values.end(), {-10.0f, 0.0f, 10.0f});
  EXPECT_TRUE(value_limits(values)->holds(-10.0));
}

TEST(ValueLimits, are_not_found_for_counts) {
  std::vector<float> plays;
  for (int k = 1; k < 1000; ++k) plays.push_back(static_cast<float>(k * k));
  EXPECT_FALSE(value_limits(plays)) << "no value comes twice";
  plays.insert(plays.end(), 100, 1.0f);
  EXPECT_FALSE(value_limits(plays)) << "far more than one in a hundred lie outside [0, 2]";
}

TEST(ValueLimits, of_nothing_or_of_no_numbers_are_absent) {
  EXPECT_FALSE(value_limits({}));
  EXPECT_FALSE(value_limits(std::vector<float>(5, std::numeric_limits<float>::quiet_NaN())));
  EXPECT_EQ(value_limits(std::vector<float>(5, 1.0f))->max, 2.0) << "all one: implicit events";
}

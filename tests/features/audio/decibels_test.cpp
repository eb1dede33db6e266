#include "medley/features/audio/decibels.h"

#include <gtest/gtest.h>

#include <vector>

namespace medley::features {
namespace {

std::vector<float> decibels(std::vector<float> powers) {
  to_decibels(powers);
  return powers;
}

TEST(Decibels, are_ten_times_the_decimal_logarithm) {
  const auto found = decibels({1.0f, 10.0f, 0.1f, 2.0f});
  const std::vector<float> expected{0.0f, 10.0f, -10.0f, 3.0103f};
  for (std::size_t i = 0; i < found.size(); ++i) EXPECT_NEAR(found[i], expected[i], 1e-5) << i;
}

TEST(Decibels, reach_eighty_below_the_largest_and_no_lower) {
  const auto found = decibels({1e-3f, 0.0f, 1e-12f, 1e-10f});
  EXPECT_NEAR(found[0], -30.0f, 1e-4);
  for (std::size_t i = 1; i < 3; ++i)
    EXPECT_NEAR(found[i], -100.0f, 1e-4) << i << ": the least power is 1e-10";
  EXPECT_NEAR(decibels({1e3f, 0.0f})[1], -50.0f, 1e-4);
}

TEST(Decibels, of_nothing_and_of_silence) {
  EXPECT_TRUE(decibels({}).empty());
  for (const float value : decibels({0.0f, 0.0f})) EXPECT_NEAR(value, -100.0f, 1e-4);
}

}  // namespace
}  // namespace medley::features

#include "medley/core/rng.h"

#include <gtest/gtest.h>

#include <vector>

using namespace medley;

TEST(Rng, draws_are_fixed_by_the_seed) {
  // The 10,000th draw of std::mt19937_64 with its default seed, fixed by the C++ standard.
  Rng rng(5489u);
  for (int i = 1; i < 10000; ++i) rng.bits();
  EXPECT_EQ(rng.bits(), 9981545732273789042ULL);
}

TEST(Rng, below_is_uniform_and_in_range) {
  Rng rng(1);
  std::vector<int> counts(5);
  for (int i = 0; i < 50000; ++i) ++counts.at(rng.below(5));
  for (const int count : counts) EXPECT_NEAR(count, 10000, 450);  // 5 sigma
}

TEST(Rng, normal_has_mean_0_and_variance_1) {
  Rng rng(2);
  double sum = 0.0;
  double squares = 0.0;
  constexpr int kDraws = 100000;
  for (int i = 0; i < kDraws; ++i) {
    const double x = rng.normal();
    sum += x;
    squares += x * x;
  }
  EXPECT_NEAR(sum / kDraws, 0.0, 0.02);
  EXPECT_NEAR(squares / kDraws, 1.0, 0.03);
}

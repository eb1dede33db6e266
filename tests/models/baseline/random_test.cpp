#include "../toy.h"

#include <algorithm>

using namespace medley;
using namespace medley::models;

namespace {

std::unique_ptr<Recommender> random_model(const ParamMap& params, int items) {
  return toy::fitted("random", toy::interactions(1, items, {{0, 0}}), params);
}

TEST(Random, draws_are_uniform_and_differ_by_user_and_seed) {
  const int n = 20000;
  const auto model = random_model({}, n);
  const auto draws = toy::scores(*model, n, {}, "ann");
  EXPECT_GE(*std::ranges::min_element(draws), 0.0f);
  EXPECT_LT(*std::ranges::max_element(draws), 1.0f);
  double sum = 0;
  for (const float draw : draws) sum += static_cast<double>(draw);
  // Four standard errors of a uniform mean, sqrt(1 / 12 n).
  EXPECT_NEAR(sum / n, .5, 4 / std::sqrt(12.0 * n));
  EXPECT_EQ(std::ranges::count_if(draws, [](float draw) { return draw < .25f; }) / 500, 10);
  EXPECT_EQ(draws, toy::scores(*model, n, {3, 4}, "ann"));
  EXPECT_NE(draws, toy::scores(*model, n, {}, "bob"));
  EXPECT_NE(draws, toy::scores(*random_model({{"seed", "2"}}, n), n, {}, "ann"));
}

TEST(Random, refuses_a_negative_seed) {
  EXPECT_THROW(toy::make("random", {{"seed", "-1"}}), Error);
}

}  // namespace

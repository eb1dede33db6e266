#include "medley/core/error.h"

#include "tests/eval/results.h"
#include <gtest/gtest.h>

using namespace medley;
using namespace medley::eval;
using namespace medley::eval::test;

namespace {

std::unique_ptr<Metric> auc() {
  Registry registry;
  register_builtin(registry);
  return registry.make("auc", {});
}

TEST(Auc, is_the_mean_over_users_of_the_mean_over_their_held_out_items) {
  std::vector<UserResult> results = {result({1}, {1, 2}, 0), result({}, {3}, 1)};
  results[0].beaten = {1.0, 0.5};
  results[1].beaten = {0.25};
  EXPECT_DOUBLE_EQ(auc()->value(results, {}), 0.5);
  EXPECT_EQ(auc()->user_values(results, {}), (std::vector{0.75, 0.25}));
  EXPECT_EQ(auc()->value({}, {}), 0.0);
}

TEST(Auc, refuses_results_without_a_share_of_each_held_out_item) {
  const std::vector<UserResult> results = {result({1}, {1, 2})};
  EXPECT_THROW(auc()->value(results, {}), Error);
}

}  // namespace

#include "medley/models/ensemble/score_scale.h"

#include "../toy.h"

using namespace medley;
using namespace medley::models;

namespace {

TEST(ScoreScale, the_deviation_is_that_of_the_items_outside_the_history) {
  const std::vector<float> scores{1, 100, 3, 5};
  const std::vector<ItemId> history{1};
  // 1, 3, 5: variance 8 / 3.
  EXPECT_NEAR(deviation_outside(scores, history), std::sqrt(8.0 / 3), 1e-12);
  EXPECT_EQ(deviation_outside(scores, toy::everything(4)), 0);
  const std::vector<float> constant(7, .1f);
  EXPECT_EQ(deviation_outside(constant, {}), 0) << "rounding is no deviation";
}

TEST(ScoreScale, all_users_with_a_history_count_and_nobody_else) {
  // Popularity gives 2, 1, 0 to everybody; users 0 and 1 see {1, 2} and {2}, user 2 has no history.
  const auto log = toy::interactions(3, 3, {{0, 0}, {1, 0}, {1, 1}});
  const auto model = toy::make("popularity");
  QuietServices services(2);
  model->fit({&log, nullptr}, services);
  // 1, 0, 0: mean 1 / 3, variance 2 / 9.
  EXPECT_NEAR(deviation_of_scores(*model, log, services), std::sqrt(2.0 / 9), 1e-7);
  const auto nobody = toy::interactions(2, 3, {});
  EXPECT_EQ(deviation_of_scores(*model, nobody, services), 0);
}

TEST(ScoreScale, is_the_same_whatever_the_number_of_threads) {
  const auto log = toy::random_interactions(300, 12, .3);
  const auto model = toy::make("ease");
  QuietServices one(1), three(3);
  model->fit({&log, nullptr}, one);
  EXPECT_EQ(deviation_of_scores(*model, log, one), deviation_of_scores(*model, log, three));
}

}  // namespace

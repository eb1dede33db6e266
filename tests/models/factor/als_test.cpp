#include "../toy.h"

#include <algorithm>

using namespace medley;
using namespace medley::models;

namespace {

TEST(Als, one_user_and_one_item_reach_the_score_worked_out_by_hand) {
  // At the minimum u = v and (1 + a0) v^2 + ridge = 1 with ridge = .2 (1 + .25): v^2 = .75 / 1.25.
  const auto model = toy::fitted("als", toy::interactions(1, 1, {{0, 0}}),
                                 {{"factors", "1"}, {"a0", ".25"}, {"lambda", ".2"}, {"epochs", "200"}});
  EXPECT_NEAR(toy::scores(*model, 1, {0})[0], .6, 1e-5);
  EXPECT_EQ(toy::scores(*model, 1, {})[0], 0);
}

/// Two groups of users, each with items of its own; user 0 lacks item 3 of the first.
data::Interactions blocks() {
  std::vector<std::pair<UserId, ItemId>> pairs;
  for (UserId u = 0; u < 10; ++u)
    for (ItemId i = 0; i < 4; ++i)
      if (u != 0 || i != 3) pairs.emplace_back(u, i + (u < 5 ? 0 : 4));
  return toy::interactions(10, 8, pairs);
}

TEST(Als, predicts_the_withheld_item_of_a_block_matrix) {
  const auto model = toy::fitted("als", blocks(), {{"factors", "4"}});
  const auto scores = toy::scores(*model, 8, {0, 1, 2});
  for (ItemId other = 4; other < 8; ++other)
    EXPECT_GT(scores[3], scores[static_cast<std::size_t>(other)] + .3f);
}

TEST(Als, each_epoch_answers_as_a_fit_of_so_many) {
  const auto data = blocks();
  auto model = toy::make("als", {{"factors", "3"}, {"epochs", "5"}, {"seeds", "2"}});
  auto& in_epochs = dynamic_cast<TrainsInEpochs&>(*model);
  QuietServices services(1);
  int calls = 0;
  in_epochs.fit_in_epochs({&data, nullptr}, services, [&](int epoch) {
    EXPECT_EQ(epoch, ++calls);
    const auto shorter =
        toy::fitted("als", data, {{"factors", "3"}, {"epochs", std::to_string(epoch)}, {"seeds", "2"}});
    EXPECT_EQ(toy::scores(*model, 8, {0, 2}), toy::scores(*shorter, 8, {0, 2}));
    return epoch < 4;
  });
  EXPECT_EQ(calls, 4) << "false ends the fit";
}

TEST(Als, several_seeds_are_the_sum_of_their_fits) {
  const auto data = toy::random_interactions(25, 18, .25);
  const std::vector<ItemId> history{1, 5, 6};
  const ParamMap params{{"factors", "3"}, {"epochs", "2"}};
  std::vector<double> sum(18);
  for (const auto* seed : {"4", "5", "6"}) {
    auto one = params;
    one["seed"] = seed;
    const auto scores = toy::scores(*toy::fitted("als", data, one), 18, history);
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += static_cast<double>(scores[i]);
  }
  auto three = params;
  three["seed"] = "4";
  three["seeds"] = "3";
  toy::expect_near(toy::scores(*toy::fitted("als", data, three), 18, history), sum, 1e-5);
}

TEST(Als, a_seed_is_repeated_exactly_and_another_differs) {
  const auto data = toy::random_interactions(25, 18, .25);
  const auto scores = [&](const char* seed) {
    return toy::scores(*toy::fitted("als", data, {{"epochs", "1"}, {"seed", seed}}), 18, {1, 2});
  };
  EXPECT_EQ(scores("1"), scores("1"));
  EXPECT_NE(scores("1"), scores("2"));
}

TEST(Als, a_history_longer_than_the_vectors_is_explained_as_a_short_one) {
  const auto model =
      toy::fitted("als", toy::random_interactions(25, 18, .4), {{"factors", "3"}, {"seeds", "2"}});
  for (const auto& history : {std::vector<ItemId>{4}, toy::everything(18)}) {
    const auto explanation = dynamic_cast<const Explains&>(*model).explain({"u", history}, 7);
    double sum = 0;
    for (const auto& [item, share] : explanation.by_history) sum += share;
    EXPECT_NEAR(sum, toy::scores(*model, 18, history)[7], 1e-6);
  }
}

TEST(Als, refuses_a_file_of_other_factors_and_settings_out_of_range) {
  const toy::TempFile file;
  toy::save(*toy::fitted("als", blocks(), {{"factors", "4"}}), file.path());
  EXPECT_THROW(toy::make("als", {{"factors", "3"}})->load(ArchiveReader(file.path(), "model")), Error);
  EXPECT_THROW(toy::make("als", {{"a0", "0"}}), Error);
  EXPECT_THROW(toy::make("als", {{"lambda", "-1"}}), Error);
}

TEST(Als, an_interruption_ends_the_fit) {
  const auto data = blocks();
  QuietServices services(1);
  services.cancel().set();
  EXPECT_THROW(toy::make("als")->fit({&data, nullptr}, services), Error);
}

}  // namespace

#include "medley/models/combines.h"
#include "medley/models/ensemble/score_scale.h"

#include "../toy.h"
#include <gmock/gmock.h>

using namespace medley;
using namespace medley::models;
using ::testing::HasSubstr;

namespace {

class Late : public testing::Test {
 protected:
  std::unique_ptr<Recommender> fitted(const std::string& name, const ParamMap& params) {
    auto model = toy::make(name, params);
    model->fit({&log_, toy::vectors(model->content_use().form, log_.items)}, services_);
    return model;
  }

  static std::string refusal(const ParamMap& params) {
    try {
      toy::make("late", params);
    } catch (const Error& error) {
      return error.what();
    }
    return "";
  }

  const data::Interactions log_ = toy::random_interactions(40, 15, .3);
  QuietServices services_{2};
  const std::vector<ItemId> history_{0, 3, 9};
};

TEST_F(Late, is_the_weighted_sum_of_its_models_each_at_unit_deviation) {
  const auto late = fitted("late", {{"models", "ease(lambda=3)+popularity"}, {"weights", "1+2"}});
  const auto ease = fitted("ease", {{"lambda", "3"}});
  const auto popularity = fitted("popularity", {});
  const double ease_deviation = deviation_of_scores(*ease, log_, services_);
  const double popularity_deviation = deviation_of_scores(*popularity, log_, services_);
  const auto a = toy::scores(*ease, 15, history_);
  const auto b = toy::scores(*popularity, 15, history_);
  std::vector<double> wanted;
  for (std::size_t i = 0; i < a.size(); ++i)
    wanted.push_back(static_cast<double>(a[i]) / ease_deviation +
                     2 * static_cast<double>(b[i]) / popularity_deviation);
  toy::expect_near(toy::scores(*late, 15, history_), wanted, 1e-4);
}

TEST_F(Late, scaled_within_the_user_each_part_has_unit_deviation_for_each_query) {
  const auto late = fitted("late", {{"models", "ease(lambda=3)"}, {"scale", "user"}});
  for (const auto& history : {history_, std::vector<ItemId>{1}})
    EXPECT_NEAR(deviation_outside(toy::scores(*late, 15, history), history), 1, 1e-5);
}

TEST_F(Late, the_explanation_is_the_weighted_sum_of_the_parts_with_a_term_a_part) {
  for (const auto* scale : {"all", "user", "user+all"}) {
    const auto late = fitted(
        "late",
        {{"models", "als(factors=4)+graph_filter(c=1+.5,g=.3)"}, {"weights", "1+.5"}, {"scale", scale}});
    const auto score = toy::scores(*late, 15, history_)[6];
    const auto explanation = dynamic_cast<const Explains&>(*late).explain({"u", history_}, 6);
    EXPECT_NEAR(explanation.score, score, 1e-4);
    ASSERT_EQ(explanation.by_term.size(), 2u);
    EXPECT_EQ(explanation.by_term[0].of, "als");
    EXPECT_EQ(explanation.by_term[1].of, "graph_filter");
    EXPECT_NEAR(explanation.by_term[0].value + explanation.by_term[1].value, explanation.score, 1e-9);
    ASSERT_EQ(explanation.by_history.size(), 3u);
    double sum = 0;
    for (const auto& [item, value] : explanation.by_history) sum += value;
    EXPECT_NEAR(sum, explanation.score, 1e-9);
    ASSERT_EQ(explanation.by_modality.size(), 3u);
    EXPECT_EQ(explanation.by_modality[0].of, "interactions");
  }
}

TEST_F(Late, two_parts_of_one_name_are_told_apart_and_a_part_without_sums_is_not_explained) {
  const auto two = fitted("late", {{"models", "ease(lambda=3)+ease(lambda=30)"}});
  const auto explanation = dynamic_cast<const Explains&>(*two).explain({"u", history_}, 6);
  EXPECT_EQ(explanation.by_term[1].of, "ease(lambda=30)");
  const auto luck = fitted("late", {{"models", "ease+random"}});
  EXPECT_THROW(dynamic_cast<const Explains&>(*luck).explain({"u", history_}, 6), Error);
}

TEST_F(Late, refuses_weights_that_are_negative_all_zero_or_too_many) {
  EXPECT_THAT(refusal({{"weights", "1+-1"}}), HasSubstr("'weights' must be in [0, 1000000], got -1"));
  EXPECT_THAT(refusal({{"weights", "0+0"}}), HasSubstr("the weights are all 0"));
  EXPECT_THAT(refusal({{"weights", "1+1+1"}}), HasSubstr("3 weights for 2 models"));
  EXPECT_THAT(refusal({{"scale", "each"}}), HasSubstr("'scale' must be all or user, got 'each'"));
  EXPECT_EQ(refusal({{"weights", "0+1"}}), "");
}

TEST_F(Late, refuses_a_part_that_does_not_exist_or_has_a_wrong_parameter) {
  EXPECT_THAT(refusal({{"models", "ease+graph_fitler"}}), HasSubstr("did you mean 'graph_filter'"));
  EXPECT_THAT(refusal({{"models", "ease(lambd=3)"}}), HasSubstr("did you mean 'lambda'"));
  EXPECT_THAT(refusal({{"models", "als(factors=[2,0])"}}), HasSubstr("'factors' must be in"));
  EXPECT_THAT(refusal({{"models", "ease(lambda=3+popularity"}}), HasSubstr("text after ')'"));
}

TEST_F(Late, settings_left_open_have_to_be_chosen_before_a_fit) {
  auto late = toy::make("late", {{"models", "ease(lambda=[1,2])+popularity"}});
  EXPECT_TRUE(dynamic_cast<const Combines&>(*late).parts()[0].is_search());
  EXPECT_THROW(late->fit({&log_, nullptr}, services_), Error);
}

TEST_F(Late, hands_its_seed_to_the_parts_that_take_one_and_name_none) {
  const auto late = toy::make("late", {{"models", "als+als(seed=9)+ease"}, {"seed", "4"}});
  const auto parts = dynamic_cast<const Combines&>(*late).parts();
  EXPECT_EQ(parts[0].values.at("seed").front(), "4");
  EXPECT_EQ(parts[1].values.at("seed").front(), "9");
  EXPECT_EQ(parts[2].values.count("seed"), 0u);
}

TEST_F(Late, refuses_the_file_of_other_parts) {
  const toy::TempFile file;
  toy::save(*fitted("late", {{"models", "ease+popularity"}}), file.path());
  const ArchiveReader in(file.path(), "model");
  EXPECT_THROW(toy::make("late", {{"models", "popularity+ease"}})->load(in), Error);
  EXPECT_THROW(toy::make("late", {{"models", "ease"}})->load(in), Error);
  EXPECT_NO_THROW(toy::make("late", {{"models", "ease+popularity"}})->load(in));
}

TEST_F(Late, a_model_may_be_made_of_models_made_of_models) {
  const auto nested = fitted(
      "late",
      {{"models", "late(models=ease(lambda=3)+popularity,weights=1+2)+ease(lambda=3)"}, {"weights", "1+0"}});
  const auto plain = fitted("late", {{"models", "ease(lambda=3)+popularity"}, {"weights", "1+2"}});
  const double deviation = deviation_of_scores(*plain, log_, services_);
  std::vector<double> wanted;
  for (const float score : toy::scores(*plain, 15, history_))
    wanted.push_back(static_cast<double>(score) / deviation);
  toy::expect_near(toy::scores(*nested, 15, history_), wanted, 1e-4);
}

}  // namespace

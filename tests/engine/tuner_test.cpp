#include "medley/engine/tuner.h"

#include "medley/models/grid.h"

#include "tests/engine/small_world.h"
#include <gmock/gmock.h>

#include <numeric>

using namespace medley;
using namespace medley::engine::test;
using engine::Choice;
using engine::FitContext;
using engine::RankingTask;
using ::testing::HasSubstr;

namespace {

class Tuner : public ::testing::Test {
 protected:
  Tuner() {
    const auto& dataset = world_.dataset;
    const auto part = [&](bool held) {
      return data::build_interactions(dataset.log, dataset.user_count(), dataset.item_count(), {},
                                      [held](std::size_t i) { return (i % 7 == 6) == held; });
    };
    train_ = part(false);
    held_ = part(true);
    task_ = {&dataset.users, &dataset.items, &train_, &train_, &held_, {}};
    std::vector<data::ItemId> all(static_cast<std::size_t>(dataset.item_count()));
    std::iota(all.begin(), all.end(), 0);
    task_.columns = {{"all", std::move(all)}};
  }

  Choice choose(const std::string& spec) {
    FitContext context(plugins_, world_.tables, services_);
    return engine::choose(parse_spec(spec), train_, task_, 3, context);
  }
  bool searches(const std::string& spec) {
    FitContext context(plugins_, world_.tables, services_);
    return engine::needs_search(parse_spec(spec), context);
  }

  World world_ = two_tastes();
  const engine::Plugins plugins_ = engine::builtin_plugins();
  QuietServices quiet_{1};
  const Services services_ = quiet_;
  data::Interactions train_;
  data::Interactions held_;
  RankingTask task_;
};

TEST_F(Tuner, a_bare_name_searches_the_grid_of_its_model) {
  for (const auto* name : {"item_knn", "ease", "content", "content_ridge", "graph_filter"})
    EXPECT_TRUE(searches(name)) << name;
  for (const auto* name : {"random", "popularity"}) EXPECT_FALSE(searches(name)) << name;
  EXPECT_EQ(choose("item_knn").tried, 4);
  EXPECT_EQ(choose("ease").tried, 5);
  EXPECT_EQ(choose("content_ridge").tried, 8);
}

TEST_F(Tuner, a_spec_that_names_only_its_features_still_searches_the_grid) {
  EXPECT_TRUE(searches("content_ridge(features=words)"));
  const auto ridge = choose("content_ridge(features=words)");
  EXPECT_EQ(ridge.tried, 8);
  EXPECT_EQ(ridge.params.at("features"), "words");
  EXPECT_EQ(ridge.params.count("lambda"), 1u);
  const auto filter = choose("graph_filter(features=none)");
  EXPECT_EQ(filter.tried, 12);
  EXPECT_EQ(filter.params.at("features"), "none");
  EXPECT_EQ(filter.params.at("g"), "0");
  // 12 without content, then three more weights of the one kernel.
  EXPECT_EQ(choose("graph_filter(features=words)").tried, 15);
  EXPECT_EQ(choose("graph_filter").tried, 18);
  EXPECT_EQ(choose("graph_filter").params.count("g"), 1u);
}

TEST_F(Tuner, a_spec_that_says_a_setting_is_taken_as_it_is) {
  EXPECT_FALSE(searches("ease(lambda=7)"));
  EXPECT_FALSE(searches("graph_filter(a=.5,b=.2,c=1+1+.5)"));
  EXPECT_FALSE(searches("content(fusion=mean,dim=2)"));
  EXPECT_TRUE(searches("content(fusion=weighted,dim=2,missing=renormalize)"));
  EXPECT_EQ(choose("content(fusion=weighted,dim=2)").params.count("weights"), 1u);
  EXPECT_FALSE(searches("content(features=words)"));  // one feature: nothing to weigh
  const auto choice = choose("ease(lambda=7)");
  EXPECT_EQ(choice.tried, 1);
  EXPECT_EQ(choice.params, (ParamMap{{"lambda", "7"}}));
}

TEST_F(Tuner, brackets_are_searched_in_place_of_the_grid) {
  const auto choice = choose("item_knn(k=[1,19])");
  EXPECT_EQ(choice.tried, 2);
  EXPECT_EQ(choice.params, (ParamMap{{"k", "19"}}));
  EXPECT_GT(choice.value, choose("item_knn(k=1)").value);
  EXPECT_EQ(choose("content_ridge(features=[words,color],lambda=[1,10])").tried, 4);
}

TEST_F(Tuner, settings_that_differ_in_epochs_alone_share_a_fit_and_give_what_each_fit_gives) {
  const auto together = choose("als(factors=2,epochs=[1,2,3])");
  EXPECT_EQ(together.tried, 3);
  double best = -1;
  std::string epochs;
  for (const auto* text : {"1", "2", "3"}) {
    const auto alone = choose(std::string("als(factors=2,epochs=") + text + ")");
    if (alone.value > best) {
      best = alone.value;
      epochs = text;
    }
  }
  EXPECT_EQ(together.value, best);
  EXPECT_EQ(together.params.at("epochs"), epochs);
}

TEST_F(Tuner, a_seed_leaves_the_settings_open) {
  EXPECT_TRUE(searches("als(seed=3)"));
  EXPECT_FALSE(searches("als(factors=3)"));
}

TEST_F(Tuner, a_sum_of_models_is_settled_part_by_part_and_then_weighed) {
  EXPECT_TRUE(searches("late(models=item_knn+popularity,weights=1+1,scale=all)"));
  EXPECT_TRUE(searches("late(models=ease(lambda=5)+popularity,scale=all)"));
  EXPECT_TRUE(searches("late(models=ease(lambda=5)+popularity,weights=1+1)"));
  EXPECT_TRUE(searches("late(models=ease(lambda=[5,6])+popularity,weights=1+1,scale=all)"));
  EXPECT_FALSE(searches("late(models=ease(lambda=5)+popularity,weights=1+1,scale=all)"));
  const auto choice = choose("late(models=item_knn(k=[1,19])+ease(lambda=5))");
  EXPECT_EQ(choice.params.at("models"), "item_knn(k=19)+ease(lambda=5)");
  EXPECT_EQ(choice.tried, 20);
  EXPECT_TRUE(choice.params.at("weights").starts_with("1+"));
  EXPECT_GE(choice.value, choose("item_knn(k=19)").value);
}

TEST_F(Tuner, weights_that_share_the_parts_give_what_each_setting_alone_gives) {
  const std::string models = "late(models=ease(lambda=5)+popularity,scale=all,weights=";
  const auto together = choose(models + "[1+0,1+2,0+1])");
  double best = -1;
  std::string weights;
  for (const auto* text : {"1+0", "1+2", "0+1"}) {
    const auto alone = choose(models + text + ")");
    if (alone.value > best) {
      best = alone.value;
      weights = text;
    }
  }
  EXPECT_EQ(together.tried, 3);
  EXPECT_EQ(together.value, best);
  EXPECT_EQ(together.params.at("weights"), weights);
}

TEST_F(Tuner, parts_are_given_the_content_that_each_asks_for) {
  FitContext context(plugins_, world_.tables, services_);
  double seconds = 0.0;
  const auto model = context.fit(
      "late", {{"models", "content_ridge(features=words)+content(features=color)+ease"}}, train_, seconds);
  EXPECT_TRUE(model->scores_unseen_items());
  EXPECT_EQ(engine::rank(*model, task_, 3, services_).front().size(), 20u);
}

TEST_F(Tuner, a_search_made_before_is_not_made_again) {
  engine::SplitMemory memory;
  FitContext context(plugins_, world_.tables, services_, &memory);
  engine::choose(parse_spec("item_knn"), train_, task_, 3, context);
  ASSERT_EQ(memory.choices.size(), 1u);
  memory.choices.begin()->second.params["k"] = "77";
  const auto late = engine::choose(parse_spec("late(models=item_knn,scale=all)"), train_, task_, 3, context);
  EXPECT_EQ(late.params.at("models"), "item_knn(k=77)");
  // With other tables only what reads content is searched anew.
  const engine::Tables none;
  FitContext without(plugins_, none, services_, &memory);
  EXPECT_EQ(engine::choose(parse_spec("item_knn"), train_, task_, 3, without).params.at("k"), "77");
  EXPECT_EQ(engine::choose(parse_spec("graph_filter"), train_, task_, 3, context).tried, 18);
  EXPECT_EQ(engine::choose(parse_spec("graph_filter"), train_, task_, 3, without).tried, 12);
}

TEST_F(Tuner, a_part_without_content_is_fitted_once_a_split) {
  engine::SplitMemory memory;
  const ParamMap params{{"models", "ease(lambda=5)+content_ridge"}};
  double seconds = 0.0;
  FitContext context(plugins_, world_.tables, services_, &memory);
  context.fit("late", params, train_, seconds);
  ASSERT_EQ(memory.parts.size(), 1u);
  const auto ease = memory.parts.begin()->second.model;
  FitContext other(plugins_, world_.tables, services_, &memory);
  const auto late = plugins_.models.make("late", params);
  const auto parts = other.fitted_parts(dynamic_cast<const models::Combines&>(*late), train_);
  EXPECT_EQ(parts[0].model, ease);
  EXPECT_EQ(memory.parts.size(), 1u);
}

TEST_F(Tuner, the_first_of_equal_values_wins) {
  EXPECT_EQ(choose("random(seed=[5])").params.at("seed"), "5");
  // More neighbours than there are items: the same model three times.
  EXPECT_EQ(choose("item_knn(k=[500,300,400])").params.at("k"), "500");
  EXPECT_EQ(choose("item_knn(k=[300,500,400])").params.at("k"), "300");
}

TEST_F(Tuner, the_value_is_recall_in_the_first_column) {
  const auto choice = choose("ease(lambda=5)");
  FitContext context(plugins_, world_.tables, services_);
  double seconds = -1.0;
  const auto model = context.fit("ease", {{"lambda", "5"}}, train_, seconds);
  EXPECT_GE(seconds, 0.0);
  const auto results = engine::rank(*model, task_, 3, services_);
  ASSERT_EQ(results.size(), 1u);
  ASSERT_EQ(results.front().size(), 20u);
  double hits = 0;
  for (const auto& user : results.front()) {
    for (const auto item : user.ranked) {
      EXPECT_EQ(std::ranges::count(train_.items_of(user.user), item), 0);
      hits += item == user.relevant.front() ? 1 : 0;
    }
  }
  EXPECT_DOUBLE_EQ(choice.value, hits / 20);
}

TEST_F(Tuner, asks_with_the_history_and_masks_what_it_is_told_to) {
  FitContext context(plugins_, world_.tables, services_);
  double seconds = 0.0;
  const auto model = context.fit("popularity", {}, train_, seconds);
  const data::Interactions nothing = data::build_interactions({}, train_.users, train_.items);
  auto task = task_;
  task.masked = &nothing;
  bool lists_a_known_item = false;
  const auto results = engine::rank(*model, task, 20, services_);
  for (const auto& user : results.front()) {
    for (const auto item : user.ranked)
      lists_a_known_item = lists_a_known_item || std::ranges::count(train_.items_of(user.user), item) > 0;
  }
  EXPECT_TRUE(lists_a_known_item);
}

TEST_F(Tuner, names_the_features_that_a_model_would_be_given) {
  const FitContext context(plugins_, world_.tables, services_);
  EXPECT_EQ(context.features_of("graph_filter", {}), (std::vector<std::string>{"color", "words"}));
  EXPECT_EQ(context.features_of("content", {{"features", "text+image"}}),
            (std::vector<std::string>{"words", "color"}));
  EXPECT_TRUE(context.features_of("ease", {}).empty());
  EXPECT_TRUE(context.features_of("graph_filter", {{"features", "none"}}).empty());
}

TEST_F(Tuner, an_interruption_and_a_wrong_name_end_it) {
  ErrorCode code{};
  EXPECT_THAT(error_of([&] { choose("content_ridge(features=sound)"); }, &code), HasSubstr("sound"));
  EXPECT_EQ(code, ErrorCode::not_found);
  quiet_.cancel().set();
  EXPECT_NE(error_of([&] { choose("ease"); }, &code), "");
  EXPECT_EQ(code, ErrorCode::interrupted);
}

}  // namespace

#include "medley/engine/train.h"

#include "medley/core/file.h"

#include "tests/engine/small_world.h"
#include <gmock/gmock.h>

using namespace medley;
using namespace medley::engine::test;
using ::testing::HasSubstr;

namespace {

class Train : public ::testing::Test {
 protected:
  void SetUp() override { config(""); }
  void config(const std::string& text) { folder_.write("medley.toml", text); }
  engine::Workspace workspace() const { return engine::Workspace(folder_.path()); }
  engine::TrainResult train(const std::string& spec) {
    return engine::train(workspace(), world_.dataset, world_.tables, plugins_, spec, quiet_);
  }

  const data::TempFolder folder_;
  World world_ = two_tastes();
  const engine::Plugins plugins_ = engine::builtin_plugins();
  QuietServices quiet_{1};
};

TEST_F(Train, the_model_trained_last_is_the_default) {
  EXPECT_THAT(error_of([&] { engine::default_model(workspace()); }), HasSubstr("medley train"));
  train("popularity");
  EXPECT_EQ(engine::default_model(workspace()), "popularity");
  const auto result = train("ease(lambda=5)");
  EXPECT_EQ(engine::default_model(workspace()), "ease");
  EXPECT_EQ(result.path, workspace().model("ease"));
  EXPECT_EQ(result.bytes, std::filesystem::file_size(result.path));
  EXPECT_TRUE(std::filesystem::exists(workspace().model("popularity")));
}

TEST_F(Train, fits_on_every_event) {
  const auto result = train("popularity");
  EXPECT_EQ(result.pairs, 140);
  const engine::TrainedModel model(result.path, plugins_.models);
  std::int32_t users = 0;
  for (data::ItemId item = 0; item < model.items().size(); ++item) users += model.users_of(item);
  EXPECT_EQ(users, 140);
}

TEST_F(Train, needs_no_workspace) {
  const engine::TrainOptions options{.path = folder_.path() / "alone.medley"};
  const auto result =
      engine::train(world_.dataset, world_.tables, plugins_, "ease(lambda=5)", options, quiet_);
  EXPECT_EQ(result.path, options.path);
  EXPECT_EQ(read_file(result.path, 1 << 20), read_file(train("ease(lambda=5)").path, 1 << 20));
}

TEST_F(Train, a_bare_name_is_searched_on_a_tenth_and_then_fitted_on_all) {
  const auto result = train("item_knn");
  EXPECT_EQ(result.settings_tried, 4);
  ASSERT_EQ(result.params.count("k"), 1u);
  const engine::TrainedModel model(result.path, plugins_.models);
  EXPECT_EQ(model.params(), result.params);
  const auto direct = train("item_knn(k=" + result.params.at("k") + ")");
  EXPECT_EQ(direct.settings_tried, 1);
  const engine::TrainedModel again(direct.path, plugins_.models);
  ThreadPool pool(1);
  const auto history = model.rows_of({"a0", "a1"});
  EXPECT_EQ(model.score("u", history, pool), again.score("u", history, pool));
}

TEST_F(Train, a_sum_of_models_is_chosen_part_by_part_and_answers_from_its_file_alone) {
  const auto result =
      train("late(models=item_knn+content_ridge(features=words)+als(factors=4,epochs=[1,2]))");
  EXPECT_EQ(result.settings_tried, 200);
  const auto& models = result.params.at("models");
  EXPECT_THAT(models, HasSubstr("item_knn(k="));
  EXPECT_THAT(models, HasSubstr("features=words, lambda="));
  EXPECT_THAT(models, HasSubstr("factors=4, seed=1"));
  const engine::TrainedModel model(result.path, plugins_.models);
  EXPECT_EQ(model.params(), result.params);
  ThreadPool pool(1);
  const auto history = model.rows_of({"a0", "a1"});
  const auto scores = model.score("u", history, pool);
  const auto parts = model.explains()->explain({"u", history}, 5);
  EXPECT_EQ(parts.by_term.size(), 3u);
  EXPECT_NEAR(parts.score, scores[5], 1e-5 * std::max(1.0f, std::abs(scores[5])));
  const auto written_out = train("late(models=" + models + ", scale=" + result.params.at("scale") +
                                 ", weights=" + result.params.at("weights") + ")");
  EXPECT_EQ(written_out.settings_tried, 1);
  EXPECT_EQ(engine::TrainedModel(written_out.path, plugins_.models).score("u", history, pool), scores);
}

TEST_F(Train, with_features_the_flagship_searches_the_weights_of_its_kernels) {
  const auto result = train("graph_filter");
  EXPECT_EQ(result.plugin, "graph_filter");
  EXPECT_EQ(result.settings_tried, 18);
  EXPECT_EQ(result.params.count("g"), 1u);
}

TEST_F(Train, counts_what_the_workspace_counts) {
  config("[events]\nmin_value = 3\nweight = { dislike = -1 }\n");
  auto& log = world_.dataset.log;
  for (std::size_t i = 0; i < log.events.size(); ++i) log.events[i].value = i % 2 == 0 ? 5.0f : 1.0f;
  log.kinds.emplace_back("dislike");
  log.events[0].kind = 1;
  EXPECT_EQ(engine::all_interactions(workspace(), world_.dataset).pairs(), 69);
  EXPECT_EQ(train("popularity").pairs, 69);
}

TEST_F(Train, events_below_the_least_value_do_not_choose_the_settings) {
  // Sixty items in pairs by word and in other pairs by colour. Those who mean it (value 5) take a pair by
  // word; twice as many, who do not (value 1), take one by colour.
  World world;
  std::vector<std::vector<float>> color, words;
  for (std::size_t i = 0; i < 60; ++i) {
    world.dataset.items.add(std::to_string(i));
    words.emplace_back(30)[i / 2] = 1.0f;
    color.emplace_back(30)[i % 30] = 1.0f;
  }
  for (int i = 0; i < 60; ++i) {
    for (const int item : {i, i ^ 1})
      add_event(world.dataset, "means it " + std::to_string(i), std::to_string(item), data::kNoTime, 5.0f);
    for (const auto* who : {"x", "y"}) {
      for (const int item : {i, (i + 30) % 60})
        add_event(world.dataset, who + std::to_string(i), std::to_string(item), data::kNoTime, 1.0f);
    }
  }
  world.tables = {dense_table("color", "image", color), dense_table("words", "text", words)};
  world_ = std::move(world);
  const std::string spec = "content(features=[color,words])";
  EXPECT_EQ(train(spec).params.at("features"), "color");
  config("[events]\nmin_value = 3\n");
  EXPECT_EQ(train(spec).params.at("features"), "words");
}

TEST_F(Train, refuses_what_cannot_be_trained_and_leaves_the_default_alone) {
  train("popularity");
  EXPECT_THAT(error_of([&] { train("eas"); }), HasSubstr("ease"));
  EXPECT_THAT(error_of([&] { train("ease(lamda=3)"); }), HasSubstr("lambda"));
  config("[events]\nmin_value = 100\n");
  EXPECT_THAT(error_of([&] { train("ease"); }), HasSubstr("no events to train on"));
  quiet_.cancel().set();
  config("");
  ErrorCode code{};
  EXPECT_NE(error_of([&] { train("ease(lambda=3)"); }, &code), "");
  EXPECT_EQ(code, ErrorCode::interrupted);
  EXPECT_EQ(engine::default_model(workspace()), "popularity");
  EXPECT_FALSE(std::filesystem::exists(workspace().model("ease")));
}

}  // namespace

#include "medley/engine/experiment.h"

#include "tests/engine/small_world.h"
#include <gmock/gmock.h>

#include <cmath>
#include <map>

using namespace medley;
using namespace medley::engine::test;
using engine::ExperimentOptions;
using engine::ExperimentResult;
using engine::ModelResult;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

namespace {

using data::Part;

const ModelResult& named(const ExperimentResult& result, const std::string& name) {
  for (const auto& model : result.models) {
    if (model.name == name) return model;
  }
  throw std::out_of_range(name);
}

const eval::MetricSummary& metric(const ModelResult& model, const std::string& key, std::size_t column = 0) {
  for (const auto& one : model.columns[column].metrics) {
    if (one.key == key) return one;
  }
  throw std::out_of_range(key);
}

/// Fixes the split: of each user's seven events the sixth is for choosing and the last the test.
void label(World& world, bool with_valid = true) {
  auto& log = world.dataset.log;
  for (std::size_t i = 0; i < log.events.size(); ++i) {
    log.labels.push_back(i % 7 == 6 ? Part::test : i % 7 == 5 && with_valid ? Part::valid : Part::train);
  }
}

/// Four items of two colours and two words. Each user's validation item shares the word of the train item,
/// the test item its colour.
World words_for_choosing_color_for_the_test() {
  World world;
  world.dataset.name = "four";
  const std::vector<std::string> ids{"red wool", "blue wool", "red silk", "blue silk"};
  for (const auto& id : ids) world.dataset.items.add(id);
  for (std::size_t u = 0; u < 8; ++u) {
    const auto i = u % 4;
    const auto user = "u" + std::to_string(u);
    add_event(world.dataset, user, ids[i]);
    add_event(world.dataset, user, ids[i ^ 1U]);
    add_event(world.dataset, user, ids[i ^ 2U]);
    for (const auto part : {Part::train, Part::valid, Part::test}) world.dataset.log.labels.push_back(part);
  }
  world.tables = {dense_table("color", "image", {{1, 0}, {0, 1}, {1, 0}, {0, 1}}),
                  dense_table("words", "text", {{1, 0}, {1, 0}, {0, 1}, {0, 1}})};
  return world;
}

std::string param(const ModelResult& model, const std::string& name) {
  for (const auto& field : model.params) {
    if (field.name == name) return to_text(field.value);
  }
  return "no such parameter";
}

}  // namespace

TEST(Experiment, refuses_a_pair_on_both_sides_of_the_split) {
  auto world = two_tastes();
  label(world);
  auto& log = world.dataset.log;
  log.events.push_back(log.events.front());
  log.labels.push_back(Part::test);
  ErrorCode code{};
  const auto message = error_of([&] { run(world, {.models = "popularity"}); }, &code);
  EXPECT_EQ(code, ErrorCode::corrupt_data);
  EXPECT_THAT(message, AllOf(HasSubstr("'u0'"), HasSubstr("both train and test")));
}

TEST(Experiment, takes_every_metric_of_every_model_over_the_same_users) {
  auto world = two_tastes();
  label(world);
  add_event(world.dataset, "nobody", "a0");  // no history: a test user like the others
  world.dataset.log.labels.push_back(Part::test);
  const auto result =
      run(world, {.models = "random, popularity, item_knn(k=5), ease(lambda=5)", .k = {1, 3}});
  EXPECT_EQ(result.columns.front().users, 21);
  for (const auto& model : result.models) {
    EXPECT_EQ(model.columns.front().users, result.models.front().columns.front().users) << model.name;
    EXPECT_EQ(model.columns.front().users.size(), 21u);
    // One held-out item a user: recall is the share of the 21 users that were hit.
    const double hits = metric(model, "recall@3").mean * 21;
    EXPECT_NEAR(hits, std::round(hits), 1e-9) << model.name;
    EXPECT_DOUBLE_EQ(metric(model, "recall@3").mean, metric(model, "hit@3").mean);
    EXPECT_LE(metric(model, "recall@1").mean, metric(model, "recall@3").mean);
  }
  EXPECT_EQ(result.primary, "recall@3");
}

TEST(Experiment, a_model_that_learns_the_tastes_beats_chance) {
  auto world = two_tastes();
  label(world);
  const auto result = run(world, {.models = "random, item_knn(k=10), content", .k = {3}});
  EXPECT_GT(metric(named(result, "item_knn"), "recall@3").mean, 0.5);
  EXPECT_LT(metric(named(result, "random"), "recall@3").mean, 0.5);
  ASSERT_EQ(result.tests.size(), 3u);
  EXPECT_LE(result.tests[0].p, result.tests[0].p_holm);
}

TEST(Experiment, on_a_fixed_split_a_model_without_chance_runs_once_and_shows_no_deviation) {
  auto world = two_tastes();
  label(world);
  const auto result = run(world, {.models = "random, item_knn(k=5)", .k = {3}, .seeds = 4});
  EXPECT_EQ(result.split, "labels");
  EXPECT_EQ(named(result, "item_knn").runs, 1);
  EXPECT_FALSE(metric(named(result, "item_knn"), "recall@3").deviation.has_value());
  EXPECT_EQ(named(result, "random").runs, 4);
  ASSERT_TRUE(metric(named(result, "random"), "recall@3").deviation.has_value());
  EXPECT_GT(*metric(named(result, "random"), "recall@3").deviation, 0.0);
}

TEST(Experiment, a_seed_that_is_given_runs_once_on_a_fixed_split) {
  auto world = two_tastes();
  label(world);
  const auto result = run(world, {.models = "random(seed=7), random", .k = {5}, .seeds = 3});
  EXPECT_EQ(result.models[0].runs, 1);
  EXPECT_EQ(result.models[1].runs, 3);
}

TEST(Experiment, settings_are_not_chosen_where_no_validation_user_has_a_candidate) {
  auto world = words_for_choosing_color_for_the_test();
  // Only the held-out pairs of the test are among the candidates: for choosing there is nobody.
  for (std::size_t i = 0; i < world.dataset.log.labels.size(); ++i) {
    if (world.dataset.log.events[i].user != 0) world.dataset.log.labels[i] = Part::train;
  }
  data::TempFolder folder;
  const auto file = folder.write("only_test_items.txt", "red silk\n").string();
  EXPECT_THAT(error_of([&] { run(world, {.models = "item_knn(k=[1,2])", .k = {2}, .candidates = {file}}); }),
              HasSubstr("settings cannot be chosen"));
}

TEST(Experiment, on_a_split_by_chance_each_seed_draws_another) {
  const auto world = two_tastes();
  const auto result = run(world, {.models = "popularity", .k = {2}, .seeds = 5});
  EXPECT_EQ(result.split, "random");
  EXPECT_EQ(result.models.front().runs, 5);
  ASSERT_TRUE(metric(result.models.front(), "recall@2").deviation.has_value());
  EXPECT_GT(*metric(result.models.front(), "recall@2").deviation, 0.0);
  EXPECT_EQ(result.train_pairs + result.valid_pairs + result.test_pairs, 140);
}

TEST(Experiment, the_same_options_give_the_same_figures) {
  const auto world = two_tastes();
  const ExperimentOptions options{.models = "random, item_knn", .k = {2}, .seeds = 2};
  const auto first = run(world, options);
  const auto second = run(world, options);
  for (std::size_t m = 0; m < first.models.size(); ++m) {
    EXPECT_EQ(first.models[m].columns.front().primary, second.models[m].columns.front().primary);
  }
}

TEST(Experiment, a_search_sees_validation_only) {
  const auto world = words_for_choosing_color_for_the_test();
  const auto result =
      run(world, {.models = "content(features=[color,words]), content(features=color)", .k = {1}});
  const auto& searched = result.models[0];
  EXPECT_EQ(searched.settings_tried, 2);
  EXPECT_EQ(param(searched, "features"), "words");
  EXPECT_EQ(searched.spec, "content(features=[color,words])");
  EXPECT_DOUBLE_EQ(metric(searched, "recall@1").mean, 0.0);
  EXPECT_DOUBLE_EQ(metric(result.models[1], "recall@1").mean, 1.0);
}

TEST(Experiment, without_removes_the_modality_before_the_fit) {
  const auto world = words_for_choosing_color_for_the_test();
  const auto result = run(world, {.models = "content(features=color)", .k = {1}, .without = {"text"}});
  EXPECT_THAT(result.notes, Contains("without text"));
  ErrorCode code{};
  EXPECT_THAT(
      error_of([&] { run(world, {.models = "content(features=color)", .without = {"image"}}); }, &code),
      HasSubstr("color"));
  EXPECT_EQ(code, ErrorCode::not_found);
  EXPECT_THAT(error_of([&] { run(world, {.without = {"sound"}}); }), HasSubstr("sound"));
}

TEST(Experiment, each_list_of_candidates_is_a_column_and_the_first_one_chooses) {
  auto world = two_tastes();
  label(world);
  data::TempFolder folder;
  const auto file = folder.write("some.txt", "a0\na1\nb0\na0\n").string();
  const auto result =
      run(world, {.models = "item_knn", .k = {2}, .candidates = {"all", "heldout", "has:image", file}});
  ASSERT_EQ(result.columns.size(), 4u);
  EXPECT_EQ(result.columns[0].name, "all");
  EXPECT_EQ(result.columns[0].items, 20);  // a10 and b10 have no event
  EXPECT_LE(result.columns[1].items, 20);
  EXPECT_EQ(result.columns[1].users, 20);
  EXPECT_EQ(result.columns[2].items, 18);
  EXPECT_EQ(result.columns[3].items, 3);
  EXPECT_LT(result.columns[3].users, 20);
  EXPECT_EQ(result.models.front().columns.size(), 4u);
  EXPECT_THAT(error_of([&] { run(world, {.models = "popularity", .candidates = {"has:sound"}}); }),
              HasSubstr("sound"));
  EXPECT_THAT(error_of([&] { run(world, {.models = "popularity", .candidates = {"no/such/file"}}); }),
              HasSubstr("no/such/file"));
  const auto wrong = folder.write("wrong.txt", "a0\nzz\n").string();
  EXPECT_THAT(error_of([&] { run(world, {.models = "popularity", .candidates = {wrong}}); }),
              HasSubstr("'zz'"));
}

TEST(Experiment, an_item_cold_table_has_presence_only_outside_the_tests) {
  const auto world = two_tastes(40);
  const auto result =
      run(world, {.models = "random, content_ridge", .split = "item_cold", .k = {2}, .seeds = 2});
  ASSERT_EQ(result.models.size(), 3u);
  EXPECT_EQ(result.columns.front().name, "heldout");
  EXPECT_EQ(result.models[2].name, "presence_only");
  EXPECT_TRUE(result.models[2].control);
  EXPECT_EQ(result.models[2].runs, 2);
  ASSERT_EQ(result.tests.size(), 1u);
  EXPECT_EQ(result.tests[0].a, 0u);
  EXPECT_EQ(result.tests[0].b, 1u);
  const auto warm = run(world, {.models = "random, content_ridge", .k = {2}});
  EXPECT_EQ(warm.models.size(), 2u);
}

TEST(Experiment, an_item_cold_model_gets_tags_only_by_name_and_the_table_says_so) {
  auto world = two_tastes(40);
  const auto words = std::make_shared<data::FeatureTable>(*world.tables[1]);
  words->from_tags = true;
  world.tables[1] = words;
  const auto silent = run(world, {.models = "content_ridge(lambda=1)", .split = "item_cold", .k = {2}});
  EXPECT_THAT(silent.notes, Contains(HasSubstr("'words' holds tags, which users write after")));
  EXPECT_THAT(silent.notes, Contains(HasSubstr("no model was given it")));
  const auto color =
      run(world, {.models = "content_ridge(lambda=1,features=color)", .split = "item_cold", .k = {2}});
  EXPECT_EQ(metric(silent.models[0], "recall@2").mean, metric(color.models[0], "recall@2").mean);
  const auto named =
      run(world, {.models = "content_ridge(lambda=1,features=color+words)", .split = "item_cold", .k = {2}});
  EXPECT_THAT(named.notes, Contains(AllOf(HasSubstr("'words' holds tags"), HasSubstr("is a leak"))));
  const auto warm = run(world, {.models = "content_ridge(lambda=1)", .k = {2}});
  EXPECT_THAT(warm.notes, Not(Contains(HasSubstr("tags"))));
}

TEST(Experiment, random_stands_in_every_table_outside_the_tests_unless_it_is_asked_for) {
  auto world = two_tastes();
  label(world);
  const auto result = run(world, {.models = "popularity, item_knn(k=5)", .k = {3}, .seeds = 2});
  ASSERT_EQ(result.models.size(), 3u);
  EXPECT_EQ(result.models[2].name, "random");
  EXPECT_TRUE(result.models[2].control);
  EXPECT_EQ(result.models[2].runs, 2);
  EXPECT_EQ(result.tests.size(), 1u);
  const auto asked = run(world, {.models = "random(seed=4), popularity", .k = {3}});
  EXPECT_EQ(asked.models.size(), 2u);
  EXPECT_FALSE(asked.models[0].control);
}

TEST(Experiment, settings_are_chosen_on_a_hold_out_where_there_is_no_validation_part) {
  auto world = two_tastes();
  label(world, false);
  const auto result = run(world, {.models = "item_knn(k=[1,10])", .k = {3}});
  EXPECT_EQ(result.valid_pairs, 0);
  EXPECT_EQ(result.train_pairs, 120);
  EXPECT_EQ(result.models.front().settings_tried, 2);
  EXPECT_EQ(param(result.models.front(), "k"), "10");
  EXPECT_THAT(result.notes, Contains(HasSubstr("a tenth of each user's train items")));
}

TEST(Experiment, slices_of_lacking_modalities_and_of_users_with_few_items_stand_beside_the_table) {
  auto world = two_tastes();
  label(world);
  const auto result = run(world, {.models = "popularity", .k = {2}});
  const auto& slices = result.models.front().slices;
  std::map<std::string, std::size_t> users;
  for (const auto& [name, summary] : slices) users[name] = summary.users.size();
  // Every item has words and an event in train, and each of the 20 users has five items there.
  ASSERT_EQ(users.size(), 2u);
  EXPECT_LT(users["without image"], 20u);
  EXPECT_EQ(users["users with 1 to 5 items"], 20u);
}

TEST(Experiment, a_new_user_is_known_by_the_history_alone) {
  const auto world = two_tastes(60);
  const auto result = run(world, {.models = "item_knn(k=20), user_knn", .split = "new_user", .k = {5}});
  const auto chance = metric(named(result, "random"), "recall@5").mean;
  for (const auto* name : {"item_knn", "user_knn"})
    EXPECT_GT(metric(named(result, name), "recall@5").mean, 1.5 * chance)
        << name << ": the history tells the taste";
  EXPECT_EQ(result.columns.front().users, 6);
  EXPECT_THAT(result.notes, Contains(HasSubstr("held-out users are new")));
  bool found = false;
  for (const auto& [name, slice] : named(result, "item_knn").slices) found = found || name == "new users";
  EXPECT_TRUE(found);
}

TEST(Experiment, intra_list_diversity_is_taken_in_the_feature_that_was_named) {
  auto world = two_tastes();
  label(world);
  const auto diversity = [&](const std::string& in) {
    return metric(named(run(world, {.models = "item_knn(k=20)", .k = {5}, .diversity_in = in}), "item_knn"),
                  "ild@5")
        .mean;
  };
  EXPECT_GT(diversity("color"), 0.0);
  EXPECT_NE(diversity("color"), diversity("words"));
  EXPECT_EQ(diversity(""), diversity("color")) << "the first";
  EXPECT_THAT(error_of([&] { diversity("smell"); }), AllOf(HasSubstr("'smell'"), HasSubstr("color, words")));
  world.tables.clear();
  for (const auto& [key, formula] : run(world, {.models = "popularity", .k = {5}}).formulas)
    EXPECT_NE(key, "ild@5") << "nothing to take it in";
}

TEST(Experiment, test_users_without_a_past_are_counted) {
  World world;
  for (int u = 0; u < 10; ++u) {
    for (int k = 0; k < 4; ++k)
      add_event(world.dataset, "u" + std::to_string(u), "i" + std::to_string((u + k) % 7), 100 * u + k);
  }
  const auto result = run(world, {.models = "popularity", .split = "global_time", .k = {2}});
  EXPECT_THAT(result.notes, Contains(HasSubstr("1 of the test users have no event before the test")));
}

TEST(Experiment, says_which_events_count) {
  auto world = two_tastes();
  EXPECT_THAT(run(world, {.models = "popularity"}).notes, ::testing::Not(Contains(HasSubstr("min_value"))));
  world.dataset.log.events.front().value = 4.0f;
  EXPECT_THAT(run(world, {.models = "popularity"}).notes, Contains(HasSubstr("min_value is not set")));
  EXPECT_THAT(run(world, {.models = "popularity", .min_value = 3.0}).notes,
              Contains("events with a value of at least 3 count"));
}

TEST(Experiment, refuses_what_it_cannot_run_before_it_fits) {
  const auto world = two_tastes();
  EXPECT_THAT(error_of([&] { run(world, {.models = "popularity, eas"}); }), HasSubstr("ease"));
  EXPECT_THAT(error_of([&] { run(world, {.models = "ease(lambda=-1)"}); }), HasSubstr("lambda"));
  EXPECT_THAT(error_of([&] { run(world, {.models = "popularity", .seeds = 0}); }), HasSubstr("seeds"));
  ErrorCode code{};
  EXPECT_THAT(error_of([&] { run(world, {.models = "popularity", .split = "by_moon"}); }, &code),
              HasSubstr("item_cold"));
  EXPECT_EQ(code, ErrorCode::usage);
  EXPECT_THAT(error_of([&] { run(World{}, {.models = "popularity"}); }), HasSubstr("no events"));
}

namespace {

/// The same score for everybody and everything.
class Constant final : public models::Recommender {
 public:
  struct Params {
    void fields(FieldVisitor&) {}
  };
  explicit Constant(const Params&) {}
  models::ContentUse content_use() const override { return {}; }
  void fit(const models::TrainingData&, const Services&) override {}
  void score(std::span<const models::Query>, math::MatrixView<float> out, ThreadPool&) const override {
    for (math::Index q = 0; q < out.rows(); ++q) std::ranges::fill(out.row(q), 1.0f);
  }
  bool scores_unseen_items() const override { return true; }
  void save(ArchiveWriter&) const override {}
  void load(const ArchiveReader&) override {}
};

}  // namespace

TEST(Experiment, constant_scores_give_the_figure_of_chance_though_low_rows_and_popular_items_are_wanted) {
  // Everybody wants one of the first five of fifty items, which also are the most popular ones.
  World world;
  for (int i = 0; i < 50; ++i) world.dataset.items.add("i" + std::to_string(i));
  for (int u = 0; u < 1000; ++u) {
    const auto user = "u" + std::to_string(u);
    add_event(world.dataset, user, "i" + std::to_string(5 + u % 45));
    add_event(world.dataset, user, "i" + std::to_string(u % 5));
    world.dataset.log.labels.insert(world.dataset.log.labels.end(), {Part::train, Part::test});
  }
  auto plugins = engine::builtin_plugins();
  plugins.models.add<Constant>("constant", "one score for all");
  const auto result =
      run(world, {.models = "constant, random", .k = {5}, .seeds = 5, .candidates = {"all"}}, plugins);
  // 5 of 49 candidates; the deviation of one draw over 1,000 users is .0096.
  EXPECT_NEAR(metric(named(result, "random"), "recall@5").mean, 5.0 / 49, 0.015);
  EXPECT_NEAR(metric(named(result, "constant"), "recall@5").mean, 5.0 / 49, 0.03);
}

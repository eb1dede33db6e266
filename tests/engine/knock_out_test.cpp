#include "medley/engine/knock_out.h"

#include "medley/core/rng.h"
#include "medley/engine/experiment.h"

#include "tests/engine/small_world.h"
#include <gmock/gmock.h>

#include <algorithm>

using namespace medley;
using namespace medley::engine::test;
using engine::ExperimentOptions;
using engine::ExperimentResult;
using engine::KnockOut;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

namespace {

std::vector<std::string> rows_of(const KnockOut& knock_out) {
  std::vector<std::string> out;
  for (const auto& row : knock_out.rows) out.push_back(row.name);
  return out;
}

const engine::KnockOutRow& row(const KnockOut& knock_out, const std::string& name) {
  return *std::ranges::find(knock_out.rows, name, &engine::KnockOutRow::name);
}

double recall(const ExperimentResult& result) {
  return result.models.front().columns.front().metrics.front().mean;
}

/// Sixty users with a taste each for one of six kinds of items. `kind` (category) tells the kinds; `sheen`
/// (image) says nothing of them. Of items never seen the log knows nothing.
World six_kinds() {
  World world;
  auto& dataset = world.dataset;
  dataset.name = "six kinds";
  std::vector<std::vector<float>> kind, sheen;
  Rng rng(11);
  for (int i = 0; i < 120; ++i) {
    dataset.items.add("i" + std::to_string(i));
    std::vector<float> one(6);
    one[static_cast<std::size_t>(i % 6)] = 1;
    kind.push_back(one);
    sheen.push_back({static_cast<float>(rng.normal()), static_cast<float>(rng.normal())});
  }
  dataset.catalog.resize(dataset.item_count());
  for (int u = 0; u < 60; ++u) {
    std::vector<int> shelf(20);
    for (int j = 0; j < 20; ++j) shelf[static_cast<std::size_t>(j)] = 6 * j + u % 6;
    rng.shuffle(shelf);
    for (int j = 0; j < 5; ++j)
      add_event(dataset, "u" + std::to_string(u), "i" + std::to_string(shelf[static_cast<std::size_t>(j)]));
  }
  world.tables = {dense_table("kind", "category", kind), dense_table("sheen", "image", sheen)};
  return world;
}

}  // namespace

TEST(KnockOut, of_a_model_with_two_modalities_has_four_rows_each_and_both_together) {
  const auto result = run(
      two_tastes(), {.models = "graph_filter(g=.1), popularity", .k = {3}, .knock_out = {.wanted = true}});
  ASSERT_THAT(result.knock_outs, SizeIs(1));  // popularity has no content
  const auto& table = result.knock_outs.front();
  EXPECT_EQ(table.model, "graph_filter(g=.1)");
  EXPECT_EQ(table.metric, "recall@3");
  EXPECT_EQ(table.control, "no content");
  EXPECT_THAT(rows_of(table), ElementsAre("full", "control", "image removed", "image noise", "image shuffled",
                                          "image alone", "text removed", "text noise", "text shuffled",
                                          "text alone", "all noise", "all shuffled"));
  EXPECT_EQ(row(table, "image noise").against, "image removed");
  EXPECT_EQ(row(table, "image alone").against, "control");
  EXPECT_EQ(row(table, "full").mean, recall(result));
}

TEST(KnockOut, rows_are_the_models_that_one_would_fit_by_hand) {
  const auto world = six_kinds();
  const auto result =
      run(world, {.models = "graph_filter(g=.3+.1)", .k = {5}, .knock_out = {.wanted = true}});
  const auto& table = result.knock_outs.front();
  const auto by_hand = [&](const std::string& spec) {
    return recall(run(world, {.models = spec, .k = {5}}));
  };
  // Without content the filter adds its terms in another order, so that a tie may fall otherwise.
  EXPECT_NEAR(row(table, "control").mean, by_hand("graph_filter(features=none)"), 0.02);
  EXPECT_EQ(row(table, "image removed").mean, by_hand("graph_filter(g=.3, features=kind)"));
  EXPECT_EQ(row(table, "image alone").mean, by_hand("graph_filter(g=.1, features=sheen)"));
  EXPECT_NEAR(row(table, "full").difference, row(table, "full").mean - row(table, "control").mean, 1e-12);
}

TEST(KnockOut, says_which_modality_earns_its_place) {
  const auto result = run(six_kinds(), {.models = "graph_filter(g=.3+.02)",
                                        .split = "item_cold",
                                        .k = {5},
                                        .knock_out = {.wanted = true, .expect_gain = {"category"}}});
  const auto& table = result.knock_outs.front();
  ASSERT_THAT(table.verdicts, SizeIs(2));
  EXPECT_TRUE(table.verdicts[0].earns);
  EXPECT_THAT(table.verdicts[0].sentence,
              HasSubstr("category earns its place: without it recall@5 falls by"));
  EXPECT_FALSE(table.verdicts[1].earns);
  EXPECT_THAT(table.verdicts[1].sentence, ::testing::StartsWith("image "));
  EXPECT_GT(row(table, "category alone").mean, row(table, "control").interval->high);
  EXPECT_THAT(table.failures, ::testing::Each(Not(HasSubstr("a gain was expected"))));
}

TEST(KnockOut, of_the_only_modality_takes_the_control_for_the_model_without_it) {
  auto world = six_kinds();
  world.tables.pop_back();
  const auto result = run(world, {.models = "graph_filter(g=1)", .k = {10}, .knock_out = {.wanted = true}});
  EXPECT_THAT(rows_of(result.knock_outs.front()),
              ElementsAre("full", "control", "category noise", "category shuffled"));
}

TEST(KnockOut, of_a_model_that_is_nothing_without_content_keeps_presence_as_its_control) {
  const auto result =
      run(two_tastes(),
          {.models = "content(weights=1+0)", .k = {3}, .knock_out = {.wanted = true, .names = {"image"}}});
  const auto& table = result.knock_outs.front();
  EXPECT_EQ(table.control, "presence only");
  EXPECT_GT(row(table, "full").mean, row(table, "control").mean);
}

TEST(KnockOut, a_gain_that_is_not_there_is_a_failure_in_words) {
  const auto result = run(six_kinds(), {.models = "graph_filter(g=.3+.02)",
                                        .split = "item_cold",
                                        .k = {5},
                                        .knock_out = {.wanted = true, .expect_gain = {"image"}}});
  EXPECT_THAT(result.knock_outs.front().failures,
              ::testing::Contains(HasSubstr("a gain was expected of image, but alone its recall@5 of")));
}

TEST(KnockOut, noise_that_does_harm_is_a_failure_against_the_control_and_a_cost_beside_other_content) {
  // Content at a weight that leaves the log no say.
  const auto result =
      run(two_tastes(60),
          {.models = "graph_filter(g=1000)", .k = {3}, .seeds = 2, .knock_out = {.wanted = true}});
  const auto& table = result.knock_outs.front();
  EXPECT_EQ(row(table, "all noise").place, "below");
  EXPECT_THAT(table.failures, ::testing::Contains(HasSubstr("'all noise' has recall@3")));
  EXPECT_THAT(table.failures, ::testing::Each(HasSubstr("below the 95 % interval of 'control'")));
}

TEST(KnockOut, content_without_weight_has_no_say) {
  const auto result =
      run(two_tastes(), {.models = "graph_filter(g=.1+0)", .k = {3}, .knock_out = {.wanted = true}});
  EXPECT_THAT(result.knock_outs.front().verdicts[1].sentence, HasSubstr("text has no say"));
}

TEST(KnockOut, with_what_is_not_there_is_refused_before_anything_is_fitted) {
  ErrorCode code{};
  const auto refused = [&](const World& world, const ExperimentOptions& options) {
    return error_of([&] { run(world, options); }, &code);
  };
  EXPECT_THAT(
      refused(two_tastes(), {.models = "graph_filter", .knock_out = {.wanted = true, .names = {"sound"}}}),
      HasSubstr("there is no feature or modality 'sound'; there are: color (image), words (text)"));
  EXPECT_EQ(code, ErrorCode::not_found);
  auto bare = two_tastes();
  bare.tables.clear();
  EXPECT_THAT(refused(bare, {.models = "graph_filter", .knock_out = {.wanted = true}}),
              HasSubstr("nothing to knock out"));
  EXPECT_THAT(refused(two_tastes(), {.models = "ease, popularity", .knock_out = {.wanted = true}}),
              HasSubstr("none of the models 'ease, popularity' uses"));
  EXPECT_EQ(code, ErrorCode::usage);
  EXPECT_THAT(refused(two_tastes(), {.models = "graph_filter", .knock_out = {.expect_gain = {"text"}}}),
              HasSubstr("--expect-gain text needs --knock-out"));
}

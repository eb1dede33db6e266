#include "medley/engine/similar.h"

#include "tests/engine/small_world.h"
#include <gmock/gmock.h>

#include <limits>

using namespace medley;
using namespace medley::engine::test;
using engine::RecommendAnswer;
using engine::SimilarRequest;
using ::testing::HasSubstr;

namespace {

/// By colour x is like y, by words like z; w has words only and is like x in them, n has nothing.
World opposed() {
  World world;
  for (const auto* id : {"x", "y", "z", "w", "n"}) world.dataset.items.add(id);
  world.tables = {dense_table("color", "image", {{1, 0}, {1, 0}, {0, 1}, {}, {}}),
                  dense_table("words", "text", {{1, 0}, {0, 1}, {1, 0}, {1, 0}, {}})};
  return world;
}

RecommendAnswer ask(const SimilarRequest& request) {
  const auto world = opposed();
  return engine::similar(world.dataset, world.tables, request);
}

double score_of(const RecommendAnswer& answer, const std::string& id) {
  for (const auto& item : answer.items) {
    if (item.id == id) return item.score;
  }
  return std::numeric_limits<double>::quiet_NaN();
}

}  // namespace

TEST(Similar, by_a_feature_or_a_modality_ranks_by_that_alone) {
  EXPECT_EQ(ask({.item = "x", .by = {"image"}}).items.front().id, "y");
  EXPECT_EQ(ask({.item = "x", .by = {"words"}, .k = 10}).items.back().id, "y");
  const auto color = ask({.item = "x", .by = {"color"}, .k = 10});
  EXPECT_EQ(color.items.size(), 2u);  // w and n have no colour
  EXPECT_NEAR(score_of(color, "y"), 1.0, 1e-6);
}

TEST(Similar, the_score_is_the_weighted_mean_of_the_cosines_of_what_both_have) {
  const auto by_color = ask({.item = "x", .by = {"color"}});
  const auto by_words = ask({.item = "x", .by = {"words"}});
  const auto both = ask({.item = "x", .weights = {{"image", 3.0}}});
  EXPECT_NEAR(score_of(both, "y"), (3 * score_of(by_color, "y") + score_of(by_words, "y")) / 4, 1e-6);
  EXPECT_NEAR(score_of(both, "z"), (3 * score_of(by_color, "z") + score_of(by_words, "z")) / 4, 1e-6);
  // w lacks the colour: its words alone count, unpunished.
  EXPECT_NEAR(score_of(both, "w"), score_of(by_words, "w"), 1e-6);
  EXPECT_GT(score_of(both, "y"), score_of(both, "z"));
  const auto other = ask({.item = "x", .weights = {{"text", 3.0}}});
  EXPECT_GT(score_of(other, "z"), score_of(other, "y"));
}

TEST(Similar, the_name_of_a_feature_weighs_before_that_of_its_modality) {
  const auto named = ask({.item = "x", .weights = {{"color", 3.0}, {"image", 0.5}}});
  const auto alone = ask({.item = "x", .weights = {{"color", 3.0}}});
  EXPECT_EQ(score_of(named, "y"), score_of(alone, "y"));
}

TEST(Similar, an_item_without_a_shared_feature_is_left_out_and_the_shortness_explained) {
  const auto answer = ask({.item = "x", .k = 10});
  EXPECT_EQ(answer.items.size(), 3u);  // neither x itself nor n
  ASSERT_EQ(answer.notes.size(), 1u);
  EXPECT_THAT(answer.notes.front(), HasSubstr("10 asked for, 3 there"));
  EXPECT_THAT(answer.items.front().sentence, HasSubstr("cosine in "));
}

TEST(Similar, a_feature_of_weight_0_does_not_count) {
  const auto answer = ask({.item = "x", .weights = {{"image", 0.0}}, .k = 10});
  const auto words = ask({.item = "x", .by = {"words"}, .k = 10});
  ASSERT_EQ(answer.items.size(), words.items.size());
  for (std::size_t i = 0; i < answer.items.size(); ++i) {
    EXPECT_EQ(answer.items[i].id, words.items[i].id);
    EXPECT_EQ(answer.items[i].score, words.items[i].score);
  }
}

TEST(Similar, refuses_weights_that_mean_nothing) {
  EXPECT_THAT(error_of([] { ask({.item = "x", .weights = {{"image", -1.0}}}); }),
              HasSubstr("at least 0, got -1"));
  EXPECT_THAT(error_of([] { ask({.item = "x", .weights = {{"image", 0.0}, {"text", 0.0}}}); }),
              HasSubstr("every weight is 0"));
  for (const double value :
       {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()})
    EXPECT_THAT(error_of([&] { ask({.item = "x", .weights = {{"image", value}}}); }), HasSubstr("'image'"));
}

TEST(Similar, refuses_an_unknown_item_an_unknown_feature_and_an_item_without_any) {
  ErrorCode code{};
  EXPECT_THAT(error_of([] { ask({.item = "zz"}); }, &code), HasSubstr("'zz'"));
  EXPECT_EQ(code, ErrorCode::not_found);
  EXPECT_THAT(error_of([] { ask({.item = "x", .by = {"sound"}}); }, &code), HasSubstr("'sound'"));
  EXPECT_EQ(code, ErrorCode::not_found);
  EXPECT_THAT(error_of([] { ask({.item = "x", .weights = {{"sound", 1.0}}}); }), HasSubstr("'sound'"));
  EXPECT_THAT(error_of([] { ask({.item = "n"}); }), HasSubstr("none of the features"));
  EXPECT_THAT(error_of([] { ask({.item = "w", .by = {"image"}}); }), HasSubstr("none of the features"));
  EXPECT_THAT(error_of([] { engine::similar(opposed().dataset, {}, {.item = "x"}); }),
              HasSubstr("medley extract"));
  EXPECT_THAT(error_of([] { ask({.item = "x", .k = 0}); }), HasSubstr("k must be"));
}

TEST(SimilarToNew, with_the_vectors_of_an_item_gives_that_item_and_then_what_is_similar_to_it) {
  const auto world = opposed();
  ThreadPool pool(1);
  const engine::Tables query{dense_table("color", "image", {{1, 0}}), dense_table("words", "text", {{1, 0}})};
  for (const auto& by : {std::vector<std::string>{}, {"image"}, {"words"}}) {
    const auto found =
        engine::similar_to_new(world.dataset, world.tables, query, {.item = "q", .by = by, .k = 10}, pool);
    const auto wanted = ask({.item = "x", .by = by, .k = 10});
    EXPECT_NEAR(score_of(found, "x"), 1.0, 1e-6);
    ASSERT_EQ(found.items.size(), wanted.items.size() + 1);
    for (const auto& item : wanted.items) EXPECT_NEAR(score_of(found, item.id), item.score, 1e-6) << item.id;
  }
}

TEST(SimilarToNew, of_which_a_feature_is_absent_is_compared_by_the_others) {
  const auto world = opposed();
  ThreadPool pool(1);
  const engine::Tables query{dense_table("color", "image", std::vector<std::vector<float>>(1)),
                             dense_table("words", "text", {{1, 0}})};
  const auto found = engine::similar_to_new(world.dataset, world.tables, query, {.item = "q", .k = 10}, pool);
  EXPECT_EQ(found.items.size(), 4u) << "all but n, which has nothing";
  EXPECT_THAT(found.items.front().sentence, ::testing::Not(HasSubstr("color")));
  EXPECT_THAT(error_of([&] {
                engine::similar_to_new(world.dataset, world.tables, query, {.item = "q", .by = {"image"}},
                                       pool);
              }),
              HasSubstr("none of the features"));
}

TEST(SimilarToNew, refuses_vectors_of_another_width) {
  const auto world = opposed();
  ThreadPool pool(1);
  const engine::Tables query{dense_table("words", "text", {{1, 0, 2}})};
  EXPECT_THAT(
      error_of([&] { engine::similar_to_new(world.dataset, world.tables, query, {.item = "q"}, pool); }),
      HasSubstr("3 columns, the catalogue's 2"));
}

TEST(Similar, leaves_out_what_the_catalogue_says_is_not_to_be_had) {
  auto world = opposed();
  world.dataset.catalog.availability.resize(5);
  world.dataset.catalog.availability[1] = {true, data::kNoTime, 50};  // y
  world.dataset.catalog.availability[0].listed = false;               // x itself may be asked for
  const auto listed = [&](std::int64_t at) {
    const auto answer =
        engine::similar(world.dataset, world.tables, {.item = "x", .by = {"image"}, .at = at});
    return answer.items.front().id;
  };
  EXPECT_EQ(listed(49), "y");
  EXPECT_EQ(listed(50), "z");
}

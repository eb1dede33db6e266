#include "medley/engine/curve.h"

#include "medley/engine/experiment.h"

#include "tests/engine/small_world.h"
#include <gmock/gmock.h>

using namespace medley;
using namespace medley::engine::test;
using engine::parse_curve;
using Change = engine::Variation::Change;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

TEST(ParseCurve, reads_the_shares_in_rising_order_each_once) {
  const auto noise = parse_curve(Change::replaced, "log=.4,0,.1,.1");
  EXPECT_EQ(noise.of, "log");
  EXPECT_THAT(noise.shares, ElementsAre(0.1, 0.4));
  const auto drop = parse_curve(Change::dropped, "image/color=0.5");
  EXPECT_EQ(drop.of, "image/color");
  EXPECT_THAT(drop.shares, ElementsAre(0.5));
}

TEST(ParseCurve, refuses_what_is_no_share_and_says_what_it_takes) {
  for (const auto* text : {"log", "=.1", "log=", "log=a", "log=1.1", "log=-.1", "log=.1,,", "log=nan"}) {
    ErrorCode code{};
    const auto message = error_of([&] { parse_curve(Change::replaced, text); }, &code);
    EXPECT_EQ(code, ErrorCode::usage) << text;
    EXPECT_THAT(message, HasSubstr("--noise")) << text;
  }
  EXPECT_THAT(error_of([] { parse_curve(Change::replaced, "image=.1"); }), HasSubstr("--knock-out"));
  EXPECT_THAT(error_of([] { parse_curve(Change::dropped, "image"); }), HasSubstr("image=.25,.5"));
}

TEST(Curves, hold_every_model_at_every_share_from_0) {
  const auto world = two_tastes();
  const auto result =
      run(world,
          {.models = "popularity, content",
           .k = {3},
           .curves = {parse_curve(Change::replaced, "log=.5"), parse_curve(Change::dropped, "image=.5,1")}});
  ASSERT_THAT(result.curves, SizeIs(2));
  EXPECT_EQ(result.curves[0].kind, "noise");
  EXPECT_EQ(result.curves[1].kind, "drop");
  EXPECT_EQ(result.curves[1].of, "image");
  ASSERT_THAT(result.curves[0].points, SizeIs(4));
  ASSERT_THAT(result.curves[1].points, SizeIs(6));
  // Share 0 is the row of the table.
  EXPECT_EQ(result.curves[0].points[0].mean, result.models[0].columns[0].metrics[0].mean);
  // Popularity reads no content: what is dropped costs it nothing.
  for (std::size_t i = 0; i < 3; ++i)
    EXPECT_EQ(result.curves[1].points[i].mean, result.curves[1].points[0].mean);
}

TEST(Curves, of_content_that_every_item_lost_end_where_the_model_has_none) {
  auto world = two_tastes();
  world.tables = {world.tables[0]};
  const auto dropped = run(
      world, {.models = "graph_filter(g=1)", .k = {3}, .curves = {parse_curve(Change::dropped, "image=1")}});
  const auto without = run(world, {.models = "graph_filter(g=1, features=none)", .k = {3}});
  EXPECT_EQ(dropped.curves[0].points[1].mean, without.models[0].columns[0].metrics[0].mean);
}

TEST(Curves, of_a_log_that_is_noise_fall_to_chance) {
  const auto world = two_tastes(60);
  const auto result = run(
      world,
      {.models = "item_knn(k=10)", .k = {5}, .seeds = 3, .curves = {parse_curve(Change::replaced, "log=1")}});
  EXPECT_GT(result.curves[0].points[0].mean, 0.8);
  EXPECT_LT(result.curves[0].points[1].mean, 0.6);
}

TEST(Curves, of_a_modality_that_is_not_there_are_refused) {
  ErrorCode code{};
  const auto message = error_of(
      [&] { run(two_tastes(), {.models = "content", .curves = {parse_curve(Change::dropped, "sound=.5")}}); },
      &code);
  EXPECT_EQ(code, ErrorCode::not_found);
  EXPECT_THAT(message, HasSubstr("'sound'"));
}

#include "medley/models/grid.h"

#include "toy.h"

#include <set>

using namespace medley;
using namespace medley::models;

namespace {

TEST(Grid, every_alternative_is_taken_by_its_model) {
  Registry registry;
  register_builtin(registry);
  for (const auto& name : registry.names()) {
    for (const auto& features :
         {std::vector<std::string>{}, {"a"}, {"a", "b"}, {"a", "b", "c"}, {"a", "b", "c", "d"}}) {
      ParamMap best;
      for (const auto& step : builtin_grid(name, features).steps) {
        ASSERT_FALSE(step.alternatives.empty()) << name;
        for (const auto& alternative : step.alternatives)
          EXPECT_NO_THROW(registry.make(name, on_top_of(best, alternative))) << name;
        best = on_top_of(best, step.alternatives.back());
      }
    }
  }
}

TEST(Grid, the_graph_filter_chooses_the_graph_and_then_a_kernel_at_a_time) {
  const auto grid = builtin_grid("graph_filter", {"image", "words"});
  ASSERT_EQ(grid.steps.size(), 3u);
  EXPECT_EQ(grid.steps[0].alternatives.size(), 12u);
  EXPECT_EQ(grid.steps[0].alternatives[0].at("g"), "0+0");
  ParamMap best = grid.steps[0].alternatives[4];
  best = on_top_of(best, grid.steps[1].alternatives[3]);
  best = on_top_of(best, grid.steps[2].alternatives[1]);
  EXPECT_EQ(best, (ParamMap{{"a", "0.5"}, {"b", "0.2"}, {"c", "1+1+0"}, {"g", "0.3+0.03"}}));
  EXPECT_EQ(builtin_grid("graph_filter", {}).steps.size(), 1u);
}

TEST(Grid, content_weights_are_searched_once_each_up_to_a_factor) {
  EXPECT_TRUE(builtin_grid("content", {"a"}).steps.empty());
  const auto grid = builtin_grid("content", {"a", "b"});
  ASSERT_EQ(grid.steps.size(), 1u);
  std::set<std::string> weights;
  for (const auto& alternative : grid.steps[0].alternatives) weights.insert(alternative.at("weights"));
  EXPECT_EQ(weights, (std::set<std::string>{"0+1", "0.5+1", "1+1", "1+0.5", "1+0"}));
  EXPECT_EQ(builtin_grid("content", {"a", "b", "c"}).steps[0].alternatives.size(), 19u);
  EXPECT_EQ(builtin_grid("content", {"a", "b", "c", "d"}).steps.size(), 5u);
}

TEST(Grid, als_looks_with_few_factors_first_and_at_the_neighbours_last) {
  const auto grid = builtin_grid("als", {});
  ASSERT_EQ(grid.steps.size(), 5u);
  EXPECT_EQ(grid.steps[0].alternatives.size(), 4u * 3 * 8);
  ParamMap best = grid.steps[0].alternatives[1];
  EXPECT_EQ(
      best,
      (ParamMap{{"factors", "64"}, {"a0", "0.0005"}, {"lambda", "0.02"}, {"nu", "1"}, {"epochs", "4"}}));
  for (std::size_t step = 1; step < 5; ++step) best = on_top_of(best, grid.steps[step].alternatives.back());
  EXPECT_EQ(
      best,
      (ParamMap{{"factors", "512"}, {"a0", "0.001"}, {"lambda", "0.04"}, {"nu", "1"}, {"epochs", "16"}}));
}

TEST(Grid, weights_of_a_sum_are_relative_to_the_first) {
  const auto two = join_grid(2, true, false);
  ASSERT_EQ(two.steps.size(), 1u);
  EXPECT_EQ(two.steps[0].alternatives.front(), (ParamMap{{"weights", "1+0"}}));
  EXPECT_EQ(two.steps[0].alternatives.back(), (ParamMap{{"weights", "1+4"}}));
  const auto each = two.steps[0].alternatives.size();
  EXPECT_EQ(join_grid(3, true, false).steps[0].alternatives.size(), each * each);
  const auto four = join_grid(4, true, false);
  ASSERT_EQ(four.steps.size(), 4u);
  EXPECT_EQ(on_top_of(four.steps[0].alternatives[0], four.steps[2].alternatives.back()),
            (ParamMap{{"weights", "1+1+4+1"}}));
}

TEST(Grid, the_scale_of_a_sum_is_searched_with_its_weights_where_both_are_open) {
  const auto each = join_grid(2, true, false).steps[0].alternatives.size();
  EXPECT_EQ(join_grid(2, true, true).steps[0].alternatives.size(), 2 * each);
  EXPECT_EQ(join_grid(2, false, true).steps[0].alternatives,
            (std::vector<ParamMap>{{{"scale", "all"}}, {{"scale", "user"}}}));
  EXPECT_EQ(join_grid(2, false, false).steps[0].alternatives, (std::vector<ParamMap>{{}}));
  EXPECT_EQ(join_grid(1, true, false).steps[0].alternatives, (std::vector<ParamMap>{{}}));
}

TEST(Grid, content_weights_are_searched_for_concat_and_weighted_alone) {
  const auto steps = [](const char* fusion) {
    return builtin_grid("content", {"a", "b"}, {{"fusion", fusion}}).steps.size();
  };
  EXPECT_EQ(steps("concat"), 1u);
  EXPECT_EQ(steps("weighted"), 1u);
  EXPECT_EQ(steps("mean"), 0u);
  EXPECT_EQ(steps("pca"), 0u);
}

TEST(Grid, models_without_settings_have_none) {
  EXPECT_TRUE(builtin_grid("random", {}).steps.empty());
  EXPECT_TRUE(builtin_grid("popularity", {}).steps.empty());
}

TEST(Grid, an_empty_part_keeps_that_of_the_best) {
  EXPECT_EQ(on_top_of({{"g", "1+2+3"}, {"k", "5"}}, {{"g", "+9+"}}), (ParamMap{{"g", "1+9+3"}, {"k", "5"}}));
  EXPECT_EQ(on_top_of({{"k", "5"}}, {{"k", "6"}}), (ParamMap{{"k", "6"}}));
  EXPECT_EQ(on_top_of({{"models", "a(c=1+1)+b"}}, {{"models", "+d(c=2+2)"}}),
            (ParamMap{{"models", "a(c=1+1)+d(c=2+2)"}}));
  EXPECT_THROW(on_top_of({}, {{"g", "+1"}}), Error);
  EXPECT_THROW(on_top_of({{"g", "1"}}, {{"g", "+1"}}), Error);
}

TEST(Grid, a_number_after_a_star_multiplies_that_of_the_best) {
  EXPECT_EQ(on_top_of({{"x", "0.08"}, {"n", "64"}}, {{"x", "*0.5"}, {"n", "*2"}}),
            (ParamMap{{"x", "0.04"}, {"n", "128"}}));
  EXPECT_THROW(on_top_of({}, {{"x", "*2"}}), Error);
  EXPECT_THROW(on_top_of({{"x", "high"}}, {{"x", "*2"}}), Error);
}

}  // namespace

#include "medley/engine/variation_plan.h"

#include "tests/engine/small_world.h"
#include <gmock/gmock.h>

using namespace medley;
using namespace medley::engine::test;
using engine::Variation;
using engine::VariationPlan;
using ::testing::IsEmpty;
using ::testing::SizeIs;

namespace {

VariationPlan plan(const engine::ExperimentOptions& options, const std::string& model,
                   const ParamMap& params = {}) {
  const auto world = two_tastes();
  const auto plugins = engine::builtin_plugins();
  QuietServices quiet(1);
  const Services services = quiet;
  const engine::FitContext context(plugins, world.tables, services);
  return {options, world.tables, context, model, params};
}

}  // namespace

TEST(VariationPlan, is_empty_where_nothing_was_asked_for_or_nothing_is_used) {
  EXPECT_THAT(plan({}, "graph_filter").variations(), IsEmpty());
  EXPECT_THAT(plan({.knock_out = {.wanted = true}}, "ease").variations(), IsEmpty());
  EXPECT_FALSE(plan({.knock_out = {.wanted = true}}, "ease").knocks_out());
}

TEST(VariationPlan, measures_each_variation_once) {
  // Of two modalities, image alone is text removed, and text alone is image removed.
  const auto knock_out = plan({.knock_out = {.wanted = true}}, "graph_filter");
  EXPECT_TRUE(knock_out.knocks_out());
  EXPECT_THAT(knock_out.variations(), SizeIs(9));
  const auto curve = engine::parse_curve(Variation::Change::dropped, "image=.5,1");
  EXPECT_THAT(plan({.curves = {curve, curve}}, "graph_filter").variations(), SizeIs(2));
}

TEST(VariationPlan, knocks_out_only_what_the_model_is_given) {
  const auto knock_out = plan({.knock_out = {.wanted = true}}, "graph_filter", {{"features", "image"}});
  for (const auto& variation : knock_out.variations())
    EXPECT_EQ(variation.features, std::vector<std::string>{"color"});
}

TEST(VariationPlan, of_a_model_made_of_models_knocks_out_what_its_parts_are_given) {
  const auto knock_out = plan({.knock_out = {.wanted = true}}, "late",
                              {{"models", "item_knn(k=5)+graph_filter(features=image, g=.1)"}});
  ASSERT_TRUE(knock_out.knocks_out());
  for (const auto& variation : knock_out.variations())
    EXPECT_EQ(variation.features, std::vector<std::string>{"color"});
  EXPECT_FALSE(plan({.knock_out = {.wanted = true}}, "late", {{"models", "item_knn(k=5)+ease(lambda=5)"}})
                   .knocks_out());
}

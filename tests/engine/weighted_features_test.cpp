#include "medley/engine/weighted_features.h"

#include "tests/engine/small_world.h"
#include <gmock/gmock.h>

using namespace medley;
using namespace medley::engine::test;
using engine::weighted_features;
using ::testing::HasSubstr;

namespace {

const engine::Tables kTables{dense_table("color", "image", {{1, 0}, {0, 1}, {}}),
                             dense_table("shape", "image", {{1}, {2}, {4}}),
                             dense_table("words", "text", {{1, 0}, {}, {0, 1}})};

std::map<std::string, double> weights_of(const std::vector<engine::WeightedFeature>& features) {
  std::map<std::string, double> out;
  for (const auto& feature : features) out[feature.table->name] = feature.weight;
  return out;
}

using Weights = std::map<std::string, double>;

TEST(WeightedFeatures, weigh_1_unless_their_own_name_or_their_modality_says_otherwise) {
  EXPECT_EQ(weights_of(weighted_features(kTables, {}, {})),
            (Weights{{"color", 1}, {"shape", 1}, {"words", 1}}));
  EXPECT_EQ(weights_of(weighted_features(kTables, {}, {{"image", 2}, {"color", 3}})),
            (Weights{{"color", 3}, {"shape", 2}, {"words", 1}}));
}

TEST(WeightedFeatures, of_weight_0_or_not_called_are_left_out) {
  EXPECT_EQ(weights_of(weighted_features(kTables, {}, {{"image", 0}})), (Weights{{"words", 1}}));
  EXPECT_EQ(weights_of(weighted_features(kTables, {"image"}, {})), (Weights{{"color", 1}, {"shape", 1}}));
}

TEST(WeightedFeatures, know_which_items_have_them) {
  const auto features = weighted_features(kTables, {"color"}, {});
  EXPECT_TRUE(features.front().has(0));
  EXPECT_FALSE(features.front().has(2));
}

TEST(WeightedFeatures, refuse_weights_that_mean_nothing) {
  EXPECT_THAT(error_of([] { weighted_features(kTables, {}, {{"image", -1}}); }), HasSubstr("at least 0"));
  EXPECT_THAT(error_of([] { weighted_features(kTables, {"image"}, {{"image", 0}}); }),
              HasSubstr("every weight is 0"));
  EXPECT_THAT(error_of([] { weighted_features(kTables, {}, {{"sound", 1}}); }), HasSubstr("'sound'"));
  EXPECT_THAT(error_of([] { weighted_features({}, {}, {}); }), HasSubstr("medley extract"));
}

}  // namespace

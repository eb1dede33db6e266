#include "medley/engine/config.h"

#include <gtest/gtest.h>

#include <regex>

using namespace medley;

TEST(ConfigTemplate, reads_as_the_default_configuration) {
  const auto config = engine::parse_config(engine::config_template(), "medley.toml");
  EXPECT_EQ(config.import.user, "user");
  EXPECT_TRUE(config.features.empty());
  EXPECT_FALSE(config.min_value.has_value());
}

TEST(ConfigTemplate, its_comments_are_keys_that_the_parser_knows_with_their_defaults) {
  // Uncomments every line of the form `# key = value` and every section.
  const auto live =
      std::regex_replace(engine::config_template(), std::regex("(^|\n)# (?=[a-z_]+ = |\\[features)"), "$1");
  const auto config = engine::parse_config(live, "medley.toml");
  const engine::Config defaults;
  EXPECT_EQ(config.import.format, defaults.import.format);
  EXPECT_EQ(config.catalog.id, defaults.catalog.id);
  EXPECT_EQ(config.weights, defaults.weights);
  EXPECT_EQ(config.model, defaults.model);
  EXPECT_EQ(config.max_pixels, defaults.max_pixels);
  EXPECT_EQ(config.features.size(), 2u);
}

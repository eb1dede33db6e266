#include "medley/engine/config.h"

#include "medley/core/error.h"

#include <gtest/gtest.h>

using namespace medley;
using engine::parse_config;

namespace {

std::string message_of(const char* text) {
  try {
    parse_config(text, "medley.toml");
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST(Config, reads_every_section) {
  const auto config = parse_config(R"toml(
[import]
format = "csv"
user = "userId"
[catalog]
file = "movies.csv"
text = ["title"]
categories = { genres = "|" }
numbers = ["year"]
image = "posters/{id}.jpg"
[events]
weight = { view = 0.5 }
min_value = 4
[train]
model = "ease(lambda=200)"
[features.year]
extractor = "numbers"
modality = "number"
fields = ["year"]
low = 1920
steps = [1, 2.5]
[features.made_elsewhere]
file = "clip.npy"
)toml",
                                   "medley.toml");
  EXPECT_EQ(config.import.user, "userId");
  EXPECT_EQ(config.catalog.categories.at("genres"), "|");
  EXPECT_EQ(config.weights.at("view"), 0.5);
  EXPECT_EQ(config.weights.at("cart"), 3.0);
  EXPECT_EQ(config.min_value, 4.0);
  EXPECT_EQ(config.model, "ease(lambda=200)");
  ASSERT_EQ(config.features.size(), 2u);
  EXPECT_EQ(config.features[0].name, "year") << "the order of the file";
  EXPECT_EQ(config.features[0].params, (ParamMap{{"low", "1920"}, {"steps", "1+2.5"}}));
  EXPECT_EQ(config.features[1].modality, "made_elsewhere");
}

TEST(Config, an_unknown_key_names_line_and_nearest) {
  EXPECT_EQ(message_of("[import]\nusr = \"u\"\n"),
            "medley.toml:2: unknown key 'usr' in [import]; did you mean 'user'?");
  EXPECT_EQ(message_of("[imports]\n"),
            "medley.toml:1: unknown key 'imports' in the file; did you mean 'import'?");
}

TEST(Config, a_wrong_value_names_line_and_value) {
  EXPECT_EQ(message_of("[import]\nuser = 3\n"),
            "medley.toml:2: 'user' in [import] must be a text in quotes, got 3");
  EXPECT_EQ(message_of("[limits]\nmax_pixels = 0\n").substr(0, 16), "medley.toml:2: '");
  EXPECT_EQ(message_of("[events]\nmin_value = nan\n"),
            "medley.toml:2: 'min_value' in [events] must be a finite number, got nan");
  EXPECT_NE(message_of("[events]\nweight = { view = inf }\n").find("must be a finite number"),
            std::string::npos);
  EXPECT_NE(message_of("\n[\x1bx]\n").find("medley.toml:2"), std::string::npos);
  EXPECT_NE(message_of("\n\u00e9 = 1\n").find("medley.toml:2"), std::string::npos);
  EXPECT_NE(message_of("\n[train]\nmodel = \"ease\" \ufeef\n").find("medley.toml:3"), std::string::npos);
  EXPECT_NE(message_of("[import\n").find("medley.toml:1"), std::string::npos);
  EXPECT_NE(message_of("[features.\"../x\"]\nextractor = \"numbers\"\n").find("may hold letters"),
            std::string::npos);
  EXPECT_NE(message_of("[features.x]\n").find("needs either"), std::string::npos);
}

#include "medley/features/affect/vader_data.h"

#include <gtest/gtest.h>

#include <map>

namespace medley::features {
namespace {

TEST(VaderData, has_every_token_with_a_rating_of_its_scale) {
  std::map<std::string_view, double> ratings;
  for (const auto& [token, rating] : vader_lexicon()) {
    EXPECT_FALSE(token.empty());
    EXPECT_GE(rating, -4.0) << token;
    EXPECT_LE(rating, 4.0) << token;
    ratings[token] = rating;
  }
  EXPECT_GT(ratings.size(), 7'500u);
  EXPECT_EQ(ratings.at("good"), 1.9);
  EXPECT_EQ(ratings.at(":)"), 2.0);
  EXPECT_EQ(ratings.at("rapist"), -3.9);
}

TEST(VaderData, says_what_each_emoji_shows) {
  std::map<std::string_view, std::string> shown;
  for (const auto& [character, words] : vader_emoji()) shown[character] = words;
  EXPECT_GT(shown.size(), 800u);
  EXPECT_EQ(shown.at("\xF0\x9F\x98\x80"), "grinning face");
}

}  // namespace
}  // namespace medley::features

#include "medley/features/affect/vader_words.h"

#include <gtest/gtest.h>

namespace medley::features {
namespace {

TEST(VaderWords, know_negations_and_all_that_end_like_one) {
  for (const auto* word : {"not", "never", "aint", "ain't", "without", "wasn't", "mayn't"})
    EXPECT_TRUE(vader_negates(word)) << word;
  for (const auto* word : {"", "now", "nt", "Not"}) EXPECT_FALSE(vader_negates(word)) << word;
}

TEST(VaderWords, intensifiers_add_and_dampeners_take) {
  EXPECT_EQ(vader_booster("very"), 0.293);
  EXPECT_EQ(vader_booster("kind of"), -0.293);
  EXPECT_EQ(vader_booster("film"), 0.0);
}

TEST(VaderWords, rate_idioms_as_a_whole) {
  ASSERT_NE(vader_idiom("kiss of death"), nullptr);
  EXPECT_EQ(*vader_idiom("kiss of death"), -1.5);
  EXPECT_EQ(*vader_idiom("bus stop"), 0.0);
  EXPECT_EQ(vader_idiom("kiss of"), nullptr);
}

}  // namespace
}  // namespace medley::features

#include "medley/features/affect/vader.h"

#include "tests/test_data.h"
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <fstream>

namespace medley::features {
namespace {

TEST(Vader, gives_the_compound_of_the_reference_on_500_lines) {
  std::ifstream file(test_data("features/data/affect.json"));
  const auto cases = nlohmann::json::parse(file);
  ASSERT_EQ(cases.size(), 500u);
  const Vader vader;
  int felt = 0;
  for (const auto& one : cases) {
    const auto line = one[0].get<std::string>();
    const auto compound = one[1].get<double>();
    // The reference rounds to four places.
    EXPECT_NEAR(vader.feeling(line).valence, compound, 0.5e-4 + 1e-9) << line;
    felt += compound != 0.0 ? 1 : 0;
  }
  EXPECT_GT(felt, 400);
}

TEST(Vader, arousal_is_the_mean_strength_of_the_rated_words_and_the_calls) {
  const Vader vader;
  EXPECT_NEAR(vader.feeling("a good film").arousal, 1.9 / 4, 1e-9) << "good is rated 1.9";
  EXPECT_NEAR(vader.feeling("a good film!").arousal, 1.9 / 4 + .1, 1e-9);
  EXPECT_NEAR(vader.feeling("good and bad").arousal, (1.9 + 2.5) / 2 / 4, 1e-9) << "bad is rated -2.5";
  EXPECT_EQ(vader.feeling("look!!").arousal, .2);
  EXPECT_EQ(vader.feeling("LOVE it !!!!!!!!!!!!").arousal, 1.0) << "no more than all";
  EXPECT_EQ(vader.feeling("a table").arousal, 0.0);
  EXPECT_EQ(vader.feeling("").valence, 0.0);
}

TEST(Vader, tells_cheerful_from_sad_sentences) {
  const Vader vader;
  for (const auto* cheerful :
       {"What a wonderful, happy day!", "I love this, it is great fun", "not bad at all"})
    EXPECT_GT(vader.feeling(cheerful).valence, 0.2) << cheerful;
  for (const auto* sad :
       {"He died alone, in tears and despair.", "I hate this horrible, boring film", "not good"})
    EXPECT_LT(vader.feeling(sad).valence, -0.2) << sad;
}

TEST(Vader, takes_a_long_text_of_many_scores_in_little_more_than_its_length) {
  std::string text;
  for (int i = 0; i < 200'000; ++i) text += i % 3 == 0 ? "very good " : "GREAT bad ";
  EXPECT_GT(Vader().feeling(text + "but fine").valence, 0.9);
}

}  // namespace
}  // namespace medley::features

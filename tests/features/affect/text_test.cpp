#include "tests/features/items.h"
#include <gmock/gmock.h>

#include <cmath>

namespace medley::features::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

Vectors rows_of(const std::vector<std::vector<std::string>>& texts, const ParamMap& params = {}) {
  Items items;
  for (const auto& one : texts) items.add(one);
  return transform(*make("affect/text", params), items.all());
}

TEST(AffectText, gives_valence_and_arousal_of_all_fields_together) {
  const auto rows = rows_of({{"a good", "film"}, {"a good film", ""}, {"a horrible", "<b>sad</b> film!"}});
  const auto& values = std::get<math::Matrix>(rows.rows);
  ASSERT_EQ(values.cols(), 2);
  EXPECT_NEAR(values(0, 0), 1.9 / std::sqrt(1.9 * 1.9 + 15), 1e-6);
  EXPECT_NEAR(values(0, 1), 1.9 / 4, 1e-6);
  EXPECT_EQ(values(0, 0), values(1, 0));
  EXPECT_LT(values(2, 0), -0.5f);
  EXPECT_THAT(rows.present, ElementsAre(1, 1, 1));
}

TEST(AffectText, a_text_without_a_rated_word_is_neutral_and_one_without_words_absent) {
  const auto rows = rows_of({{"a table"}, {""}});
  EXPECT_THAT(rows.present, ElementsAre(1, 0));
  EXPECT_EQ(std::get<math::Matrix>(rows.rows)(0, 0), 0.0f);
}

TEST(AffectText, another_language_is_absent_unless_it_is_said_to_be_english) {
  const std::string german = "Das Buch war sehr gut und schön, eine wunderbare Geschichte";
  const auto rows = rows_of({{german}, {"这本书很好，我很喜欢它"}, {"La vida es bella y el mundo también"}});
  EXPECT_THAT(rows.present, ElementsAre(0, 0, 0));
  EXPECT_THAT(rows.notes[0], HasSubstr("written in 'de'"));
  EXPECT_THAT(rows_of({{german}}, {{"language", "en"}}).present, ElementsAre(1));
}

TEST(AffectText, of_a_short_title_no_language_is_guessed) {
  EXPECT_THAT(rows_of({{"Amour"}, {"Der Hund"}, {"Today SUX!"}}).present, ElementsAre(1, 1, 1));
}

}  // namespace
}  // namespace medley::features::test

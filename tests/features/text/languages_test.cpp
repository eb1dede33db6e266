#include "medley/features/text/languages.h"

#include "medley/media/text/stemmer.h"

#include <gmock/gmock.h>

namespace medley::features {
namespace {

using ::testing::IsSupersetOf;

TEST(Languages, are_found_by_code_and_by_name) {
  ASSERT_NE(language_with_code("de"), nullptr);
  EXPECT_EQ(language_with_code("de")->name, "german");
  EXPECT_EQ(language_with_name("russian")->code, "ru");
  EXPECT_EQ(language_with_code("xx"), nullptr);
  EXPECT_EQ(language_with_name("klingon"), nullptr);
  EXPECT_THAT(language_codes(), IsSupersetOf({"de", "en", "es", "fr", "ja", "ru", "zh"}));
}

TEST(Languages, those_that_stem_have_a_stemmer_and_the_others_none) {
  const auto stemmers = media::stemmer_languages();
  for (const auto& code : language_codes()) {
    const auto* language = language_with_code(code);
    const bool has = std::ranges::find(stemmers, language->name) != stemmers.end();
    EXPECT_EQ(language->stems, has) << code;
  }
}

TEST(Languages, words_run_together_by_an_apostrophe_are_told_apart) {
  EXPECT_EQ(elided_bytes("fr", "l'eau"), 2U);
  EXPECT_EQ(elided_bytes("fr", "l\u2019eau"), 4U) << "the typographic apostrophe has three bytes";
  EXPECT_EQ(elided_bytes("fr", "quelqu'un"), 7U);
  EXPECT_EQ(elided_bytes("fr", "aujourd'hui"), 0U) << "one word";
  EXPECT_EQ(elided_bytes("fr", "l'"), 0U);
  EXPECT_EQ(elided_bytes("it", "dell'arte"), 5U);
  EXPECT_EQ(elided_bytes("ca", "d'or"), 2U);
}

TEST(Languages, an_english_apostrophe_stays) {
  EXPECT_EQ(elided_bytes("en", "d'artagnan"), 0U);
  EXPECT_EQ(elided_bytes("en", "don't"), 0U);
  EXPECT_EQ(elided_bytes("", "l'eau"), 0U);
}

}  // namespace
}  // namespace medley::features

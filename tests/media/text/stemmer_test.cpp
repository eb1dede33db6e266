#include "medley/media/text/stemmer.h"

#include "medley/core/error.h"
#include "medley/core/utf8.h"

#include <gmock/gmock.h>

#include <algorithm>

namespace medley::media {
namespace {

using ::testing::HasSubstr;
using ::testing::IsSupersetOf;

std::string stem(const std::string& language, std::string word) {
  Stemmer(language).stem(word);
  return word;
}

// From the vocabularies that Snowball publishes beside its algorithms.
TEST(Stemmer, gives_the_stems_that_snowball_publishes) {
  EXPECT_EQ(stem("english", "consignment"), "consign");
  EXPECT_EQ(stem("english", "skies"), "sky");
  EXPECT_EQ(stem("english", "generously"), "generous");
  EXPECT_EQ(stem("porter", "generously"), "gener");
  EXPECT_EQ(stem("german", "häuser"), "haus");
  EXPECT_EQ(stem("french", "continuellement"), "continuel");
  EXPECT_EQ(stem("spanish", "cheques"), "chequ");
  EXPECT_EQ(stem("russian", "важная"), "важн");
}

TEST(Stemmer, leaves_words_of_other_scripts) {
  EXPECT_EQ(stem("english", "推荐系统"), "推荐系统");
  EXPECT_EQ(stem("english", ""), "");
}

TEST(Stemmer, of_every_language_keeps_text_well_formed) {
  const auto languages = stemmer_languages();
  EXPECT_TRUE(std::ranges::is_sorted(languages));
  EXPECT_THAT(languages, IsSupersetOf({"arabic", "dutch", "english", "finnish", "italian", "turkish"}));
  for (const auto& language : languages) {
    Stemmer stemmer(language);
    for (std::string word :
         {"running", "häuser", "важная", "हिन्दी", "كتابها", "推荐", "ß", "1990s", "don't"}) {
      stemmer.stem(word);
      EXPECT_EQ(first_invalid_utf8(word), std::string::npos) << language;
    }
  }
}

TEST(Stemmer, refuses_a_language_that_it_does_not_know) {
  try {
    const Stemmer stemmer("klingon");
    ADD_FAILURE() << "not refused";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::invalid_argument);
    EXPECT_THAT(error.what(), HasSubstr("'klingon'"));
    EXPECT_THAT(error.what(), HasSubstr("swedish"));
  }
  EXPECT_THROW(Stemmer("en"), Error);
}

}  // namespace
}  // namespace medley::media

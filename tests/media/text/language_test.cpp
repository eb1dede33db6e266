#include "medley/media/text/language.h"

#include <gtest/gtest.h>

namespace medley::media {
namespace {

TEST(Language, of_a_sentence_is_known) {
  EXPECT_EQ(language_of("The book was good, and I have read it twice."), "en");
  EXPECT_EQ(language_of("Das Buch war sehr gut und schön"), "de");
  EXPECT_EQ(language_of("Le livre était très bon"), "fr");
  EXPECT_EQ(language_of("Книга была хорошая"), "ru");
  EXPECT_EQ(language_of("这本书很好"), "zh");
  EXPECT_EQ(language_of("この本はとても良いです"), "ja");
}

TEST(Language, has_the_code_of_today) {
  EXPECT_EQ(language_of("הספר היה טוב מאוד וקראתי אותו פעמיים"), "he");
  EXPECT_EQ(language_of("Buku iki apik banget lan aku wis maca kaping pindho amarga critane nyenengake "
                        "tenan, mula aku arep menehi buku iki marang kanca-kancaku ing desa"),
            "jv");
}

TEST(Language, of_what_is_too_short_is_not_guessed) {
  for (const auto* text :
       {"", " ", "1995", "Amour", "Der Hund", "!!!", "Tavalux Tavupell T5992", "Caelidane Lumegant"})
    EXPECT_EQ(language_of(text), "") << text;
}

TEST(Language, of_a_huge_text_is_told_from_its_start) {
  std::string text;
  while (text.size() < std::size_t{3} << 20) text += "Das Buch war sehr gut und schön. ";
  EXPECT_EQ(language_of(text), "de");
}

}  // namespace
}  // namespace medley::media

#include "medley/features/text/word_reader.h"

#include "tests/features/items.h"
#include <gmock/gmock.h>

namespace medley::features::test {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

std::vector<std::string> read(const std::string& text, const WordParams& params = {},
                              const std::string& home = "en") {
  WordReader reader(params, home);
  const std::vector<std::string> texts{text};
  std::vector<std::string> words;
  reader.read({.texts = texts, .categories = {}, .numbers = {}}, words);
  return words;
}

WordParams stemmed() {
  WordParams params;
  params.stemming = "auto";
  params.cjk = "words";
  return params;
}

TEST(WordReader, reads_an_english_sentence_in_english) {
  EXPECT_THAT(read("The running shoes don\u2019t slip, and they are made for winter marathons.", stemmed()),
              ElementsAre("run", "shoe", "slip", "made", "winter", "marathon"));
}

TEST(WordReader, reads_a_german_sentence_in_german_and_leaves_compounds_whole) {
  EXPECT_THAT(
      read("Die Donaudampfschifffahrtsgesellschaft verkauft ihre schönen Häuser an der Straße nicht mehr.",
           stemmed()),
      ElementsAre("donaudampfschifffahrtsgesellschaft", "verkauft", "schon", "haus", "strass", "mehr"));
}

TEST(WordReader, reads_a_french_sentence_in_french_and_takes_off_what_is_elided) {
  EXPECT_THAT(read("L\u2019eau de l'océan n'est pas chaude aujourd'hui, mais les chevaux d'Orléans l'aiment.",
                   stemmed()),
              ElementsAre("eau", "océan", "chaud", "aujourd'hui", "cheval", "orléan", "aiment"));
}

TEST(WordReader, reads_a_spanish_sentence_in_spanish) {
  EXPECT_THAT(
      read("Las camisas rojas son también muy cómodas para los niños que juegan en la playa.", stemmed()),
      ElementsAre("camis", "roj", "comod", "niñ", "jueg", "play"));
}

TEST(WordReader, reads_a_russian_sentence_in_russian) {
  EXPECT_THAT(read("Красные рубашки и новые книги были в большом магазине на нашей улице.", stemmed()),
              ElementsAre("красн", "рубашк", "нов", "книг", "больш", "магазин", "улиц"));
}

TEST(WordReader, reads_a_chinese_sentence_by_the_dictionary_without_its_particles) {
  const auto words = read("我们的电影是在北京拍摄的，因为导演喜欢这个城市。", stemmed());
  EXPECT_THAT(words, Contains("电影"));
  EXPECT_THAT(words, Contains("北京"));
  EXPECT_THAT(words, Contains("导演"));
  EXPECT_THAT(words, Contains("城市"));
  for (const auto* particle : {"的", "是", "在", "我们", "因为"}) EXPECT_THAT(words, Not(Contains(particle)));
}

TEST(WordReader, reads_a_japanese_sentence_by_the_dictionary_without_its_particles) {
  const auto words = read("この映画は東京で撮影された、とても美しい物語です。", stemmed());
  EXPECT_THAT(words, Contains("映画"));
  EXPECT_THAT(words, Contains("東京"));
  EXPECT_THAT(words, Contains("撮影"));
  EXPECT_THAT(words, Contains("物語"));
  for (const auto* particle : {"この", "は", "で", "です"}) EXPECT_THAT(words, Not(Contains(particle)));
}

TEST(WordReader, a_short_title_is_read_in_the_language_of_the_catalogue) {
  EXPECT_THAT(read("Die Schuhe", stemmed(), "de"), ElementsAre("schuh"));
  EXPECT_THAT(read("Die Schuhe", stemmed(), "en"), ElementsAre("die", "schuhe"));
  EXPECT_THAT(read("L'eau", {}, "fr"), ElementsAre("eau"));
  EXPECT_THAT(read("L'Oréal", {}, "en"), ElementsAre("l'oréal"));
}

TEST(WordReader, a_language_that_is_said_is_not_guessed) {
  auto params = stemmed();
  params.language = "en";
  EXPECT_THAT(read("Die Häuser und die Straße sind sehr schön gebaut", params), Contains("die"));
  params.language = "de";
  EXPECT_THAT(read("Die Häuser", params), ElementsAre("haus"));
}

TEST(WordReader, stop_words_of_one_language_can_be_asked_for) {
  WordParams params;
  params.stop_words = "french";
  EXPECT_THAT(read("the le shirt", params), ElementsAre("the", "shirt"));
  params.stop_words = "none";
  EXPECT_THAT(read("the le shirt", params), ElementsAre("the", "le", "shirt"));
}

TEST(WordReader, a_language_without_rules_loses_no_word) {
  EXPECT_THAT(read("Książka była bardzo dobra i przeczytałem ją dwa razy", stemmed()), Contains("była"));
}

TEST(WordReader, emoji_are_no_words_and_part_none) {
  EXPECT_THAT(read("😀 red 👨‍👩‍👧 shirt 🇫🇷❤️"), ElementsAre("red", "shirt"));
  EXPECT_THAT(read("😀👍🏽"), IsEmpty());
}

TEST(WordReader, right_to_left_words_come_in_their_order) {
  EXPECT_THAT(read("חולצה אדומה, \u202bיפה\u202c"), ElementsAre("חולצה", "אדומה", "יפה"));
  EXPECT_THAT(read("القميص الأحمر جميل", {}, "ar"), ElementsAre("القميص", "الأحمر", "جميل"));
}

TEST(WordReader, a_megabyte_in_one_field_is_read_whole) {
  std::string text;
  while (text.size() < std::size_t{1} << 20) text += "word" + std::to_string(text.size() % 977) + " the ";
  const auto words = read(text + "last");
  EXPECT_GT(words.size(), 80'000U);
  EXPECT_EQ(words.back(), "last");
}

TEST(WordReader, markup_of_a_description_is_no_word) {
  EXPECT_THAT(read("<p class=\"lead\">Red&nbsp;<b>shirt</b></p><script>var tracked = 1;</script>"),
              ElementsAre("red", "shirt"));
}

TEST(HomeLanguage, is_that_of_most_items_whose_language_is_sure) {
  QuietServices services(2);
  Items items;
  items.add({"Das Buch war sehr gut und schön geschrieben"})
      .add({"Die Schuhe sind aus weichem Leder und passen gut"})
      .add({"The book was good, and I have read it twice"})
      .add({"Amour"})
      .add({"\xff"});
  EXPECT_EQ(home_language(items.blocks(), {}, services), "de");
  EXPECT_EQ(home_language(items.blocks_of(2), {}, services), "de");
  const Items none;
  EXPECT_EQ(home_language(none.blocks(), {}, services), "en");
  WordParams said;
  said.language = "fr";
  EXPECT_EQ(home_language(items.blocks(), said, services), "fr");
}

}  // namespace
}  // namespace medley::features::test

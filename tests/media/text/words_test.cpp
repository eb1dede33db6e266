#include "medley/media/text/words.h"

#include "medley/core/error.h"

#include "tests/test_data.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <thread>

namespace medley::media {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

using Words = std::vector<std::string>;

Words tokens_of(std::string_view text, const TokenizerOptions& options = {}) {
  Words out{"left over"};
  Tokenizer(options).tokenize(text, out);
  return out;
}

Words sklearn(std::string_view text) {
  return tokens_of(text, {.tokens = Tokens::sklearn});
}

std::ifstream lines_of(const std::string& name) {
  std::ifstream file(test_data("media/data/" + name));
  EXPECT_TRUE(file) << name;
  return file;
}

TEST(SklearnTokens, equal_those_of_python_on_every_line_of_the_fixture) {
  auto file = lines_of("tokens_sklearn.txt");
  int lines = 0;
  for (std::string line; std::getline(file, line); ++lines) {
    const std::size_t tab = line.find('\t');
    std::string joined;
    for (const auto& token : sklearn(line.substr(0, tab))) joined += (joined.empty() ? "" : " ") + token;
    EXPECT_EQ(joined, line.substr(tab + 1)) << line;
  }
  EXPECT_GT(lines, 40);
}

TEST(SklearnTokens, take_the_same_characters_as_python_for_word_characters) {
  auto file = lines_of("word_characters.txt");
  file >> std::hex;
  std::uint32_t first = 0, last = 0;
  int ranges = 0;
  for (bool word = false; file >> first >> last >> word; ++ranges) {
    for (std::uint32_t code = first; code <= last; ++code) {
      EXPECT_EQ(is_python_word_character(code), word) << std::hex << code;
    }
  }
  EXPECT_GT(ranges, 500);
}

TEST(SklearnTokens, reproduce_its_cut_at_hindi_vowel_signs) {
  EXPECT_THAT(sklearn("हिन्दी"),
              IsEmpty());  // ह, न, द with signs between them: no two word characters in a row
}

TEST(WordTokens, drop_punctuation_and_keep_words_and_numbers) {
  EXPECT_THAT(tokens_of("Can't stop: 3.14 (really)!"), ElementsAre("can't", "stop", "3.14", "really"));
  EXPECT_THAT(tokens_of("--- ... ?! ___ 😀"), IsEmpty());
}

TEST(WordTokens, go_on_without_a_word_in_titles_of_one_character) {
  EXPECT_THAT(tokens_of("M"), IsEmpty());
  EXPECT_THAT(tokens_of("9"), IsEmpty());
  EXPECT_THAT(tokens_of("The"), ElementsAre("the"));
  EXPECT_THAT(tokens_of(""), IsEmpty());
  EXPECT_THAT(tokens_of("M 9 The", {.min_length = 1}), ElementsAre("m", "9", "the"));
}

TEST(WordTokens, do_not_cut_hindi_and_bengali_at_their_marks) {
  EXPECT_THAT(tokens_of("हिन्दी में लिखा"), ElementsAre("हिन्दी", "में", "लिखा"));
  EXPECT_THAT(tokens_of("বাংলা ভাষায় বই"), ElementsAre("বাংলা", "ভাষায়", "বই"));
}

TEST(WordTokens, cut_thai_into_whole_words) {
  EXPECT_THAT(tokens_of("ภาษาไทย"), ElementsAre("ภาษา", "ไทย"));
}

TEST(WordTokens, find_the_words_of_chinese_compounds) {
  EXPECT_THAT(tokens_of("多模态推荐系统"), AllOf(Contains("推荐"), Contains("系统"), Contains("模态")));
  EXPECT_THAT(tokens_of("音频特征提取"), AllOf(Contains("音频"), Contains("特征"), Contains("提取")));
}

TEST(WordTokens, give_pairs_of_chinese_characters_on_request) {
  EXPECT_THAT(tokens_of("多模态推荐系统", {.cjk = Cjk::bigrams}),
              ElementsAre("多模", "模态", "态推", "推荐", "荐系", "系统"));
  EXPECT_THAT(tokens_of("猫", {.cjk = Cjk::bigrams}), ElementsAre("猫"));
  EXPECT_THAT(tokens_of("猫, 犬", {.cjk = Cjk::bigrams}), ElementsAre("猫", "犬"));
}

TEST(WordTokens, give_a_partition_of_a_chinese_run_as_words) {
  for (const std::string text : {"多模态推荐系统", "音频特征提取", "日本語のテキスト"}) {
    std::string joined;
    for (const auto& token : tokens_of(text, {.cjk = Cjk::words})) joined += token;
    EXPECT_EQ(joined, text);
  }
}

TEST(WordTokens, hold_a_pair_that_is_a_word_once) {
  EXPECT_THAT(tokens_of("系统", {.cjk = Cjk::both}), ElementsAre("系统"));
  const Words both = tokens_of("音频特征提取");
  EXPECT_EQ(std::ranges::count(both, "特征"), 1);
  // The same pair at two places counts twice, as any word does.
  EXPECT_THAT(tokens_of("猫猫猫", {.cjk = Cjk::bigrams}), ElementsAre("猫猫", "猫猫"));
}

TEST(WordTokens, keep_latin_words_and_numbers_between_chinese_ones_whole) {
  EXPECT_THAT(tokens_of("USB数据线2米", {.cjk = Cjk::bigrams, .min_length = 1}),
              ElementsAre("usb", "数据", "据线", "2", "米"));
}

TEST(WordTokens, keep_the_marks_of_decomposed_kana_with_their_character) {
  // か + voiced sound mark, then な.
  EXPECT_THAT(tokens_of("か\u3099な", {.cjk = Cjk::bigrams}), ElementsAre("か\u3099な"));
}

TEST(WordTokens, take_the_long_vowel_mark_as_part_of_the_word) {
  EXPECT_THAT(tokens_of("コーヒー", {.cjk = Cjk::words}), ElementsAre("コーヒー"));
}

TEST(WordTokens, lower_case_by_the_full_mapping) {
  EXPECT_THAT(tokens_of("İZMİR ΟΔΟΣ STRAẞE"), ElementsAre("i\u0307zmi\u0307r", "οδος", "straße"));
}

TEST(WordTokens, hold_no_mark_of_direction_and_no_soft_hyphen) {
  EXPECT_THAT(tokens_of("\u202bיפה\u202c Do\u00adnau\u2060dampf \ufeffred"),
              ElementsAre("יפה", "donaudampf", "red"));
}

TEST(Tokenizer, refuses_text_that_is_not_utf_8) {
  Words out;
  EXPECT_THROW(Tokenizer().tokenize("caf\xe9", out), Error);
  EXPECT_THROW(Tokenizer({.tokens = Tokens::sklearn}).tokenize("\xed\xa0\x80", out), Error);
  EXPECT_THROW(Tokenizer({.min_length = 0}), Error);
}

TEST(Tokenizer, can_be_used_again_and_on_several_threads) {
  const Words expected = tokens_of("日本語の本 and 多模态推荐系统");
  std::array<int, 4> wrong{};
  std::vector<std::jthread> threads;
  for (int& mine : wrong) {
    threads.emplace_back([&] {
      Tokenizer tokenizer;
      Words out;
      for (int i = 0; i < 200; ++i) {
        tokenizer.tokenize(i % 2 ? "something else" : "日本語の本 and 多模态推荐系统", out);
        mine += i % 2 ? out != Words{"something", "else"} : out != expected;
      }
    });
  }
  threads.clear();
  EXPECT_EQ(wrong, (std::array<int, 4>{}));
}

}  // namespace
}  // namespace medley::media

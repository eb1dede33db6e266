#include "medley/features/text/stop_words.h"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

namespace medley::features {
namespace {

struct Words {
  std::vector<std::string> function;
  std::vector<std::string> content;
};

TEST(StopWords, function_words_are_and_things_are_not) {
  const std::map<std::string, Words> languages{
      {"en", {{"a", "the", "i", "yourself", "don't", "of"}, {"", "shirt", "theme", "red", "The", "matrix"}}},
      {"de", {{"der", "und", "für", "über", "nicht"}, {"hemd", "rot", "führer", "überfall"}}},
      {"fr", {{"le", "à", "même", "les"}, {"été", "or", "chemise", "rouge", "film"}}},
      {"es", {{"el", "más", "también", "y"}, {"camisa", "roja", "película"}}},
      {"ru", {{"и", "в", "который", "её", "ее"}, {"рубашка", "красная", "фильм"}}},
      {"zh", {{"的", "我们", "我們", "因为", "因為"}, {"电影", "红色", "衬衫"}}},
      {"ja", {{"の", "は", "です", "という"}, {"映画", "赤い", "シャツ"}}},
  };
  for (const auto& [language, words] : languages) {
    EXPECT_TRUE(has_stop_words(language)) << language;
    for (const auto& word : words.function) EXPECT_TRUE(is_stop_word(language, word)) << word;
    for (const auto& word : words.content) EXPECT_FALSE(is_stop_word(language, word)) << word;
  }
}

TEST(StopWords, a_word_of_one_language_is_none_of_another) {
  EXPECT_TRUE(is_stop_word("de", "die"));
  EXPECT_FALSE(is_stop_word("en", "die"));
  EXPECT_FALSE(has_stop_words("pl"));
  EXPECT_FALSE(is_stop_word("pl", "the"));
}

TEST(StopWords, a_typographic_apostrophe_is_an_apostrophe) {
  EXPECT_TRUE(is_stop_word("en", "don\u2019t"));
  EXPECT_FALSE(is_stop_word("en", "rock\u2019n"));
}

}  // namespace
}  // namespace medley::features

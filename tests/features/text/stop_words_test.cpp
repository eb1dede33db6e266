#include "medley/features/text/stop_words.h"

#include <gtest/gtest.h>

namespace medley::features {
namespace {

TEST(StopWords, function_words_are_and_things_are_not) {
  for (const auto* word : {"a", "the", "i", "yourself", "don't", "of"})
    EXPECT_TRUE(is_english_stop_word(word)) << word;
  for (const auto* word : {"", "shirt", "theme", "red", "The", "matrix"})
    EXPECT_FALSE(is_english_stop_word(word)) << word;
}

}  // namespace
}  // namespace medley::features

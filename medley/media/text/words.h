#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace medley::media {

/// `words`: Unicode word boundaries (UAX 29, with ICU's dictionaries for Thai, Lao, Khmer, Burmese, Chinese
/// and Japanese), tokens that hold a letter or a number, without marks of direction and soft hyphens.
/// `sklearn`: what scikit-learn's default pattern `\b\w\w+\b` finds with Python's `re`; it cuts Hindi,
/// Bengali and Thai words at their vowel signs.
enum class Tokens { words, sklearn };

/// What becomes of a run of Chinese or Japanese characters with `Tokens::words`. ICU's dictionary cuts some
/// compounds and misses others; character pairs find them all and cost more columns.
enum class Cjk { words, bigrams, both };

struct TokenizerOptions {
  Tokens tokens = Tokens::words;
  Cjk cjk = Cjk::both;
  /// `words` only: tokens of fewer characters are dropped, as scikit-learn does ("M", "9", the "s" of a
  /// genitive). A single Chinese or Japanese character is a word, whatever stands here.
  int min_length = 2;
};

/// Cuts text into lower-case tokens (full Unicode mapping, equal to Python's `str.lower()`). Holds working
/// memory: use one per thread. Unicode 15 (ICU 72).
class Tokenizer {
 public:
  explicit Tokenizer(const TokenizerOptions& options = {});
  ~Tokenizer();
  Tokenizer(Tokenizer&&) noexcept;
  Tokenizer& operator=(Tokenizer&&) noexcept;

  /// Replaces `out` by the tokens in order; an empty list is no error. `Cjk::both` gives the word and the
  /// pair that start at one place, once when they are equal. Throws when `utf8` is not well-formed UTF-8.
  void tokenize(std::string_view utf8, std::vector<std::string>& out);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

/// Whether Python's `re` takes the character as `\w`: `str.isalnum()` or "_".
bool is_python_word_character(char32_t code);

}  // namespace medley::media

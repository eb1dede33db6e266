#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace medley::encode {

/// Texts as a network takes them: for each of its inputs a row of whole numbers a text, padded on the right.
struct Tokens {
  struct Column {
    std::string input;                 ///< "input_ids", "attention_mask", "token_type_ids"
    std::vector<std::int64_t> values;  ///< [texts x width]
  };
  std::int64_t width = 0;
  std::vector<std::int64_t> lengths;  ///< tokens of each text
  std::vector<Column> columns;

  /// Null where the tokenizer does not give `input`.
  const Column* find(const std::string& input) const;
};

/// A tokenizer that `tools/tokenizer.py` made of a Hugging Face tokenizer.json: BPE, WordPiece or Unigram.
class Tokenizer {
 public:
  /// Texts longer than `max_tokens`, special ones included, are cut. Throws as `Network`.
  Tokenizer(const std::filesystem::path& path, int max_tokens, int threads);
  ~Tokenizer();
  Tokenizer(Tokenizer&&) noexcept;
  Tokenizer& operator=(Tokenizer&&) noexcept;

  /// Tokens that every text has, an empty one too: those that stand for its begin and end.
  int special() const;

  /// Thread-safe. Bytes that are no UTF-8 become replacement characters.
  Tokens encode(std::span<const std::string> texts) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace medley::encode

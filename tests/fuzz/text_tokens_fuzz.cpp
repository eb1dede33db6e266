#include "medley/core/utf8.h"
#include "medley/media/text/clean.h"
#include "medley/media/text/words.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

/// Cleaning keeps well-formed text well-formed, and every token of it is well-formed and not empty.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace medley::media;
  static Tokenizer words({.cjk = Cjk::both, .min_length = 1});
  static Tokenizer sklearn({.tokens = Tokens::sklearn});
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::string clean = clean_markup(text);
  if (medley::first_invalid_utf8(text) != text.npos) return 0;
  if (medley::first_invalid_utf8(clean) != clean.npos) std::abort();
  std::vector<std::string> tokens;
  for (Tokenizer* tokenizer : {&words, &sklearn}) {
    tokenizer->tokenize(clean, tokens);
    for (const std::string& token : tokens) {
      if (token.empty() || medley::first_invalid_utf8(token) != token.npos) std::abort();
    }
  }
  return 0;
}

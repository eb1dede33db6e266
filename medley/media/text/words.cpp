#include "medley/media/text/words.h"

#include "medley/core/error.h"
#include "medley/core/utf8.h"

#include <unicode/brkiter.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

namespace medley::media {

namespace {

/// Python's `str.isalnum`: a letter of any kind, or anything with a numeric value (digits, 1/2, superscripts,
/// Roman numerals).
bool is_alphanumeric(UChar32 code) {
  if (code < 0x80)
    return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z') || (code >= '0' && code <= '9');
  return u_isalpha(code) || u_getIntPropertyValue(code, UCHAR_NUMERIC_TYPE) != U_NT_NONE;
}

/// Of an ASCII character that `\w` takes, its lower case; 0 of all others.
constexpr auto kAsciiWord = [] {
  std::array<char, 128> out{};
  for (std::size_t c = 0; c < out.size(); ++c) {
    const auto one = static_cast<char>(c);
    if ((one >= 'a' && one <= 'z') || (one >= '0' && one <= '9') || one == '_') out[c] = one;
    if (one >= 'A' && one <= 'Z') out[c] = static_cast<char>(one - 'A' + 'a');
  }
  return out;
}();

bool is_ascii(std::string_view text) {
  // Without a branch a byte, so that the compiler takes many at once.
  unsigned char any = 0;
  for (const char c : text) any |= static_cast<unsigned char>(c);
  return any < 0x80;
}

/// Letters of the scripts that write words without spaces and whose single characters carry meaning. The long
/// vowel mark of kana belongs to no script, but extends both.
bool is_cjk(UChar32 code) {
  constexpr UChar32 kFirst = 0x2e80;
  return code >= kFirst && is_alphanumeric(code) &&
         (uscript_hasScript(code, USCRIPT_HAN) || uscript_hasScript(code, USCRIPT_HIRAGANA) ||
          uscript_hasScript(code, USCRIPT_KATAKANA));
}

bool is_mark(UChar32 code) {
  return (U_GET_GC_MASK(code) & (U_GC_MN_MASK | U_GC_MC_MASK | U_GC_ME_MASK)) != 0;
}

icu::UnicodeString lower_utf16(std::string_view utf8) {
  auto text = icu::UnicodeString::fromUTF8(icu::StringPiece(utf8.data(), static_cast<int32_t>(utf8.size())));
  return text.toLower(icu::Locale::getRoot());
}

/// Marks of direction, the soft hyphen and the like: they stand inside words and are no part of them. Not the
/// joiners of Persian and Indic scripts, which tell words apart.
bool is_invisible(char16_t unit) {
  return unit == 0x00ad || unit == 0x200e || unit == 0x200f || (unit >= 0x202a && unit <= 0x202e) ||
         unit == 0x2060 || (unit >= 0x2066 && unit <= 0x2069) || unit == 0xfeff;
}

void drop_invisible(icu::UnicodeString& text) {
  const auto* units = text.getBuffer();
  if (std::none_of(units, units + text.length(), is_invisible)) return;
  icu::UnicodeString out;
  for (std::int32_t at = 0; at < text.length(); ++at)
    if (!is_invisible(text.charAt(at))) out.append(text.charAt(at));
  text = out;
}

/// UTF-16 positions from `begin` to `end`.
struct Piece {
  std::int32_t begin;
  std::int32_t end;
};

}  // namespace

bool is_python_word_character(char32_t code) {
  return code == U'_' || is_alphanumeric(static_cast<UChar32>(code));
}

class Tokenizer::Impl {
 public:
  explicit Impl(const TokenizerOptions& options) : options_(options) {
    require(options.min_length >= 1, "min_length must be at least 1, got {}", options.min_length);
    if (options.tokens != Tokens::words) return;
    UErrorCode status = U_ZERO_ERROR;
    breaks_.reset(icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
    if (U_FAILURE(status)) fail(ErrorCode::internal, "ICU has no word boundaries: {}", u_errorName(status));
  }

  void tokenize(std::string_view utf8, std::vector<std::string>& out) {
    out.clear();
    require(utf8.size() < kMaxBytes, "a text of {} bytes, the limit is {}", utf8.size(), kMaxBytes);
    if (options_.tokens == Tokens::sklearn && is_ascii(utf8)) return cut_ascii(utf8, out);
    const std::size_t invalid = first_invalid_utf8(utf8);
    require(invalid == utf8.npos, "not UTF-8 at byte {} of a text", invalid);
    text_ = lower_utf16(utf8);
    if (options_.tokens == Tokens::sklearn) {
      cut_as_sklearn(out);
    } else {
      drop_invisible(text_);
      cut_at_word_boundaries(out);
    }
  }

 private:
  static constexpr std::size_t kMaxBytes = std::size_t{1} << 29;

  void add(Piece piece, std::vector<std::string>& out) const {
    text_.tempSubStringBetween(piece.begin, piece.end).toUTF8String(out.emplace_back());
  }

  /// `cut_as_sklearn` of text whose bytes are its characters: most of it, and several times as fast.
  static void cut_ascii(std::string_view text, std::vector<std::string>& out) {
    for (std::size_t at = 0; at < text.size(); ++at) {
      const auto begin = at;
      while (at < text.size() && kAsciiWord[static_cast<unsigned char>(text[at])] != 0) ++at;
      if (at - begin < 2) continue;
      auto& word = out.emplace_back(text.substr(begin, at - begin));
      for (auto& c : word) c = kAsciiWord[static_cast<unsigned char>(c)];
    }
  }

  /// A maximal run of two or more word characters is what the greedy pattern matches.
  void cut_as_sklearn(std::vector<std::string>& out) const {
    const std::int32_t length = text_.length();
    for (std::int32_t at = 0; at < length;) {
      const std::int32_t begin = at;
      int characters = 0;
      while (at < length && is_python_word_character(static_cast<char32_t>(text_.char32At(at)))) {
        at = text_.moveIndex32(at, 1);
        ++characters;
      }
      if (characters >= 2) add({begin, at}, out);
      if (at < length) at = text_.moveIndex32(at, 1);
    }
  }

  void cut_at_word_boundaries(std::vector<std::string>& out) {
    breaks_->setText(text_);
    std::int32_t begin = breaks_->first();
    for (std::int32_t end = breaks_->next(); end != icu::BreakIterator::DONE;
         begin = end, end = breaks_->next()) {
      const Piece piece{begin, end};
      if (is_cjk_piece(piece)) {
        if (!run_.empty() && run_.back().end != begin) flush_run(out);
        run_.push_back(piece);
      } else {
        flush_run(out);
        if (is_word(piece)) add(piece, out);
      }
    }
    flush_run(out);
  }

  template <class Body>
  void each_character(Piece piece, Body body) const {
    for (std::int32_t at = piece.begin; at < piece.end; at = text_.moveIndex32(at, 1))
      body(text_.char32At(at), at);
  }

  bool is_word(Piece piece) const {
    int characters = 0;
    bool alphanumeric = false;
    each_character(piece, [&](UChar32 code, std::int32_t) {
      ++characters;
      alphanumeric |= is_alphanumeric(code);
    });
    return alphanumeric && characters >= options_.min_length;
  }

  bool is_cjk_piece(Piece piece) const {
    bool all = is_cjk(text_.char32At(piece.begin));
    each_character(piece, [&](UChar32 code, std::int32_t) { all = all && (is_cjk(code) || is_mark(code)); });
    return all;
  }

  /// The words of the run and its pairs of characters, in the order of their first character.
  void flush_run(std::vector<std::string>& out) {
    if (run_.empty()) return;
    starts_.clear();
    each_character({run_.front().begin, run_.back().end}, [&](UChar32 code, std::int32_t at) {
      // Marks (the voiced sound of decomposed kana, variation selectors) stay with their character.
      if (starts_.empty() || !is_mark(code)) starts_.push_back(at);
    });
    starts_.push_back(run_.back().end);
    const bool alone = starts_.size() == 2;
    const bool words = options_.cjk != Cjk::bigrams || alone;
    const bool pairs = options_.cjk != Cjk::words && !alone;
    auto word = run_.begin();
    for (std::size_t i = 0; i + 1 < starts_.size(); ++i) {
      std::int32_t word_end = -1;
      if (words && word != run_.end() && word->begin == starts_[i]) {
        add(*word, out);
        word_end = word->end;
        ++word;
      }
      if (pairs && i + 2 < starts_.size() && starts_[i + 2] != word_end)
        add({starts_[i], starts_[i + 2]}, out);
    }
    run_.clear();
  }

  TokenizerOptions options_;
  std::unique_ptr<icu::BreakIterator> breaks_;
  icu::UnicodeString text_;
  std::vector<Piece> run_;
  std::vector<std::int32_t> starts_;
};

Tokenizer::Tokenizer(const TokenizerOptions& options) : impl_(std::make_unique<Impl>(options)) {}
Tokenizer::~Tokenizer() = default;
Tokenizer::Tokenizer(Tokenizer&&) noexcept = default;
Tokenizer& Tokenizer::operator=(Tokenizer&&) noexcept = default;

void Tokenizer::tokenize(std::string_view utf8, std::vector<std::string>& out) {
  impl_->tokenize(utf8, out);
}

}  // namespace medley::media

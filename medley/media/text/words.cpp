#include "medley/media/text/words.h"

#include "medley/core/error.h"
#include "medley/core/utf8.h"

#include <unicode/brkiter.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include <algorithm>
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

icu::UnicodeString lower_case(std::string_view utf8) {
  auto text = icu::UnicodeString::fromUTF8(icu::StringPiece(utf8.data(), static_cast<int32_t>(utf8.size())));
  return text.toLower(icu::Locale::getRoot());
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
    const std::size_t invalid = first_invalid_utf8(utf8);
    require(invalid == utf8.npos, "not UTF-8 at byte {} of a text", invalid);
    text_ = lower_case(utf8);
    if (options_.tokens == Tokens::sklearn) {
      cut_as_sklearn(out);
    } else {
      cut_at_word_boundaries(out);
    }
  }

 private:
  static constexpr std::size_t kMaxBytes = std::size_t{1} << 29;

  void add(Piece piece, std::vector<std::string>& out) const {
    text_.tempSubStringBetween(piece.begin, piece.end).toUTF8String(out.emplace_back());
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

#include "medley/features/text/terms.h"

#include "medley/core/utf8.h"
#include "medley/features/text/stop_words.h"
#include "medley/media/text/clean.h"

#include <limits>

namespace medley::features {
namespace {

// No language has longer words; what is longer is data (a base64 blob, a URL) and would fill the vocabulary.
constexpr std::size_t kMaxWordBytes = 256;

media::TokenizerOptions options_of(const TextParams& params) {
  media::TokenizerOptions options;
  options.tokens = params.tokens == "sklearn" ? media::Tokens::sklearn : media::Tokens::words;
  options.cjk = params.cjk == "words"     ? media::Cjk::words
                : params.cjk == "bigrams" ? media::Cjk::bigrams
                                          : media::Cjk::both;
  return options;
}

bool on(const std::string& choice, const TextParams& params) {
  return choice == "auto" ? params.tokens == "words" : choice != "no" && choice != "none";
}

std::vector<std::string> stemming_choices() {
  auto out = media::stemmer_languages();
  out.insert(out.begin(), "none");
  return out;
}

}  // namespace

void TextParams::fields(FieldVisitor& v) {
  v.field("tokens", tokens, {"words", "sklearn"},
          "Unicode word boundaries, or scikit-learn's pattern (cuts Hindi, Bengali and Thai at their marks)");
  v.field("cjk", cjk, {"words", "bigrams", "both"}, "Chinese and Japanese: dictionary words, pairs, or both");
  v.field("clean", clean, {"auto", "yes", "no"},
          "drop HTML tags, decode entities; auto: unless tokens=sklearn");
  v.field("stop_words", stop_words, {"auto", "none", "english"},
          "leave out function words (the, of); auto: english unless tokens=sklearn");
  v.field("stop_list", stop_list,
          "more words to leave out, in lower case: of another language, or of the trade");
  v.field(
      "stemming", stemming, stemming_choices(),
      "cut words to their stems by Snowball, so that shirt and shirts are one term; stop words go before");
  v.field("ngram_max", ngram_max, {1, 3}, "also runs of two or three tokens");
  v.field("min_df", min_df, {1, std::numeric_limits<int>::max()}, "keep terms of at least so many items");
  v.field("max_df", max_df, {0.0, 1.0}, "keep terms of at most this share of the items");
  v.field("max_features", max_features, {0, std::numeric_limits<int>::max()},
          "keep only the terms that occur most often (ties: first by name); 0: all");
  v.field("sublinear_tf", sublinear_tf, "count a term's repetitions as 1 + ln(count)");
}

TermReader::TermReader(const TextParams& params)
    : tokenizer_(options_of(params)),
      clean_(on(params.clean, params)),
      stop_(on(params.stop_words, params)),
      stop_list_(params.stop_list.begin(), params.stop_list.end()),
      ngram_max_(static_cast<std::size_t>(params.ngram_max)),
      max_bytes_(params.tokens == "sklearn" ? std::numeric_limits<std::size_t>::max() : kMaxWordBytes) {
  if (params.stemming != "none") stemmer_.emplace(params.stemming);
}

bool TermReader::is_stop_word(const std::string& word) const {
  return (stop_ && is_english_stop_word(word)) || stop_list_.contains(word);
}

std::string TermReader::read(const Item& item, std::vector<std::string>& terms) {
  terms.clear();
  std::string text;
  for (const auto& part : item.texts) {
    if (part.empty()) continue;
    if (first_invalid_utf8(part) != std::string_view::npos) return "text is not UTF-8";
    if (!text.empty()) text += ' ';
    text += clean_ ? media::clean_markup(part) : part;
  }
  if (text.empty()) return {};
  tokenizer_.tokenize(text, terms);
  std::erase_if(terms,
                [this](const std::string& word) { return word.size() > max_bytes_ || is_stop_word(word); });
  if (stemmer_)
    for (auto& word : terms) stemmer_->stem(word);
  const auto words = terms.size();
  for (std::size_t n = 2; n <= ngram_max_; ++n) {
    for (std::size_t first = 0; first + n <= words; ++first) {
      auto run = terms[first];
      for (std::size_t k = 1; k < n; ++k) run += ' ' + terms[first + k];
      terms.push_back(std::move(run));
    }
  }
  return words == 0 ? "no usable words" : "";
}

}  // namespace medley::features

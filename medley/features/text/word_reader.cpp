#include "medley/features/text/word_reader.h"

#include "medley/core/utf8.h"
#include "medley/features/text/languages.h"
#include "medley/features/text/stop_words.h"
#include "medley/media/text/clean.h"
#include "medley/media/text/language.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace medley::features {
namespace {

// Items a task: CLD2 takes microseconds a text.
constexpr math::Index kGrain = 256;

media::TokenizerOptions options_of(const WordParams& params) {
  media::TokenizerOptions options;
  options.tokens = params.tokens == "sklearn" ? media::Tokens::sklearn : media::Tokens::words;
  options.cjk = params.cjk == "words"     ? media::Cjk::words
                : params.cjk == "bigrams" ? media::Cjk::bigrams
                                          : media::Cjk::both;
  return options;
}

bool cleans(const WordParams& params) {
  return params.clean == "auto" ? params.tokens == "words" : params.clean == "yes";
}

/// The language whose list is left out; "auto" for the item's own, "" for none.
std::string stop_language(const WordParams& params) {
  if (params.stop_words == "none") return "";
  if (params.stop_words == "auto") return params.tokens == "words" ? "auto" : "";
  return std::string(language_with_name(params.stop_words)->code);
}

bool needs_language(const WordParams& params) {
  return params.language == "auto" && (params.tokens == "words" || params.stemming == "auto");
}

std::vector<std::string> stemming_choices() {
  auto out = media::stemmer_languages();
  out.insert(out.begin(), {"none", "auto"});
  return out;
}

std::vector<std::string> stop_word_choices() {
  std::vector<std::string> out{"auto", "none"};
  for (const auto& code : language_codes())
    if (has_stop_words(code)) out.emplace_back(language_with_code(code)->name);
  return out;
}

std::vector<std::string> language_choices() {
  auto out = language_codes();
  out.insert(out.begin(), "auto");
  return out;
}

/// "zh-Hant" is "zh": words and stop words are the same.
std::string main_code(std::string code) {
  if (const auto dash = code.find('-'); dash != code.npos) code.resize(dash);
  return code;
}

/// The texts of an item joined by a space; false when one is not UTF-8.
bool join_texts(const Item& item, bool clean, std::string& out) {
  out.clear();
  for (const auto& part : item.texts) {
    if (part.empty()) continue;
    if (first_invalid_utf8(part) != std::string_view::npos) return false;
    if (!out.empty()) out += ' ';
    if (clean)
      out += media::clean_markup(part);
    else
      out += part;
  }
  return true;
}

}  // namespace

void WordParams::fields(FieldVisitor& v) {
  v.field("tokens", tokens, {"words", "sklearn"},
          "Unicode word boundaries, or scikit-learn's pattern (cuts Hindi, Bengali and Thai at their marks)");
  v.field(
      "language", language, language_choices(),
      "of stop words, stems and elisions (l'eau); auto: each item's own, and where its text is too short to "
      "tell, that of most items");
  v.field("cjk", cjk, {"words", "bigrams", "both"}, "Chinese and Japanese: dictionary words, pairs, or both");
  v.field("clean", clean, {"auto", "yes", "no"},
          "drop HTML tags, decode entities; auto: unless tokens=sklearn");
  v.field("stop_words", stop_words, stop_word_choices(),
          "leave out function words (the, of); auto: those of the item's language unless tokens=sklearn");
  v.field("stop_list", stop_list,
          "more words to leave out, in lower case: of another language, or of the trade");
  v.field(
      "stemming", stemming, stemming_choices(),
      "cut words to their stems by Snowball, so that shirt and shirts are one term; stop words go before; "
      "auto: by the item's language");
}

WordReader::WordReader(const WordParams& params, std::string home)
    : tokenizer_(options_of(params)),
      language_(params.language == "auto" ? "" : params.language),
      home_(std::move(home)),
      stop_language_(stop_language(params)),
      stemming_(params.stemming),
      clean_(cleans(params)),
      elide_(params.tokens == "words"),
      stop_list_(params.stop_list.begin(), params.stop_list.end()),
      max_bytes_(params.tokens == "sklearn" ? std::numeric_limits<std::size_t>::max() : kMaxWordBytes) {}

std::string WordReader::language_of_text() const {
  if (!language_.empty()) return language_;
  auto code = main_code(media::language_of(text_));
  return code.empty() ? home_ : code;
}

bool WordReader::is_left_out(const std::string& word, std::string_view stop_language) const {
  return word.empty() || word.size() > max_bytes_ ||
         (!stop_language.empty() && is_stop_word(stop_language, word)) ||
         (!stop_list_.empty() && stop_list_.contains(word));
}

media::Stemmer& WordReader::stemmer(std::string_view name) {
  const auto known = stemmers_.find(name);
  if (known != stemmers_.end()) return known->second;
  return stemmers_.emplace(name, media::Stemmer(std::string(name))).first->second;
}

std::string WordReader::read(const Item& item, std::vector<std::string>& words) {
  words.clear();
  if (!join_texts(item, clean_, text_)) return "text is not UTF-8";
  if (text_.empty()) return {};
  tokenizer_.tokenize(text_, words);
  const bool asks = elide_ || stemming_ == "auto" || stop_language_ == "auto";
  const auto code = asks && !words.empty() ? language_of_text() : std::string();
  if (elide_)
    for (auto& word : words) word.erase(0, elided_bytes(code, word));
  const std::string_view stop = stop_language_ == "auto" ? std::string_view(code) : stop_language_;
  std::erase_if(words, [&](const std::string& word) { return is_left_out(word, stop); });
  const auto* language = language_with_code(code);
  const std::string_view stemming = stemming_ != "auto"                      ? std::string_view(stemming_)
                                    : language != nullptr && language->stems ? language->name
                                                                             : "none";
  if (stemming != "none") {
    auto& cut = stemmer(stemming);
    for (auto& word : words) cut.stem(word);
  }
  return words.empty() ? "no usable words" : "";
}

std::string home_language(const ItemBlocks& items, const WordParams& params, const Services& services) {
  if (!needs_language(params)) return params.language == "auto" ? "en" : params.language;
  std::map<std::string, std::int64_t> counts;
  items.for_each([&](std::span<const Item> block, std::size_t) {
    std::vector<std::string> codes(block.size());
    parallel_for(services.pool, static_cast<math::Index>(block.size()), kGrain,
                 [&](math::Index begin, math::Index end) {
                   services.cancel.check();
                   std::string text;
                   for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end); ++i)
                     if (join_texts(block[i], cleans(params), text))
                       codes[i] = main_code(media::language_of(text));
                 });
    for (const auto& code : codes)
      if (!code.empty()) ++counts[code];
  });
  const auto most = std::ranges::max_element(counts, {}, [](const auto& one) { return one.second; });
  return most == counts.end() ? "en" : most->first;
}

}  // namespace medley::features

#pragma once

#include "medley/core/params.h"
#include "medley/features/extractor.h"
#include "medley/media/text/stemmer.h"
#include "medley/media/text/words.h"

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace medley::features {

/// No language has longer words; what is longer is data (a base64 blob, a URL) and would fill the vocabulary.
inline constexpr std::size_t kMaxWordBytes = 256;

/// Items a task of a loop over texts: a reader opens ICU's dictionaries, so that a task is long beside it.
inline constexpr math::Index kTextGrain = 256;

/// How text becomes words. The extractors of words share them.
struct WordParams {
  std::string tokens = "words";
  std::string language = "auto";
  std::string cjk = "both";
  std::string clean = "auto";
  std::string stop_words = "auto";
  std::vector<std::string> stop_list{};
  std::string stemming = "none";

  void fields(FieldVisitor& v);
};

/// Reads the words of items: the texts of an item, cleaned one by one and joined by a space, cut into tokens;
/// articles and pronouns that run into the next word taken off (French "l'eau", Italian, Catalan); without
/// the stop words; these stemmed. Stop words, stems and elisions are those of the item's language. Holds
/// working memory: one a thread.
class WordReader {
 public:
  /// `home` is the language (ISO 639) of items that are too short to tell theirs, "" for none.
  WordReader(const WordParams& params, std::string home);

  /// Replaces `words`, in their order. Where there are none although the item has text, the reason, else
  /// empty.
  std::string read(const Item& item, std::vector<std::string>& words);

 private:
  std::string language_of_text() const;
  bool is_left_out(const std::string& word, std::string_view stop_language) const;
  media::Stemmer& stemmer(std::string_view name);

  media::Tokenizer tokenizer_;
  std::map<std::string, media::Stemmer, std::less<>> stemmers_;
  std::string language_;  ///< "" where each item's own is asked for
  std::string home_;
  std::string stop_language_;  ///< of the list; "auto" for the item's, "" for none
  std::string stemming_;
  bool clean_;
  bool elide_;
  std::unordered_set<std::string> stop_list_;
  std::size_t max_bytes_;
  std::string text_;
};

/// The language that most of the items are in whose language is sure (ties: first by code); "en" where none
/// is. What short texts, such as titles, are taken for. Costs nothing where `params` need no language.
std::string home_language(const ItemBlocks& items, const WordParams& params, const Services& services);

}  // namespace medley::features

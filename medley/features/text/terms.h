#pragma once

#include "medley/core/params.h"
#include "medley/features/extractor.h"
#include "medley/media/text/stemmer.h"
#include "medley/media/text/words.h"

#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

namespace medley::features {

/// How text becomes terms and terms become numbers. `text/tfidf` and `text/lsa` share them.
struct TextParams {
  std::string tokens = "words";
  std::string cjk = "both";
  std::string clean = "auto";
  std::string stop_words = "auto";
  std::vector<std::string> stop_list;
  std::string stemming = "none";
  int ngram_max = 1;
  int min_df = 1;
  double max_df = 1.0;
  int max_features = 0;
  bool sublinear_tf = false;

  void fields(FieldVisitor& v);
};

/// Reads the terms of items: the texts of an item, cleaned one by one and joined by a space, cut into tokens
/// without the stop words, these stemmed, and the n-grams of neighbours, joined by a space. Holds working
/// memory: one a thread.
class TermReader {
 public:
  explicit TermReader(const TextParams& params);

  /// Replaces `terms`, in no promised order, repeated as often as they occur. Where there are none although
  /// the item has text, the reason, else empty.
  std::string read(const Item& item, std::vector<std::string>& terms);

 private:
  bool is_stop_word(const std::string& word) const;

  media::Tokenizer tokenizer_;
  std::optional<media::Stemmer> stemmer_;
  bool clean_;
  bool stop_;
  std::unordered_set<std::string> stop_list_;
  std::size_t ngram_max_;
  std::size_t max_bytes_;
};

}  // namespace medley::features

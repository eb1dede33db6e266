#pragma once

#include "medley/features/text/word_reader.h"

#include <string>
#include <vector>

namespace medley::features {

/// How text becomes terms and terms become numbers. `text/tfidf` and `text/lsa` share them.
struct TextParams {
  WordParams words;
  int ngram_max = 1;
  int min_df = 1;
  double max_df = 1.0;
  int max_features = 0;
  bool sublinear_tf = false;

  void fields(FieldVisitor& v);
};

/// Reads the terms of items: their words and the n-grams of neighbours, joined by a space. Holds working
/// memory: one a thread.
class TermReader {
 public:
  /// `home` is the language of items too short to tell theirs.
  explicit TermReader(const TextParams& params, std::string home = "en");

  /// Replaces `terms`, in no promised order, repeated as often as they occur. Where there are none although
  /// the item has text, the reason, else empty.
  std::string read(const Item& item, std::vector<std::string>& terms);

 private:
  WordReader words_;
  std::size_t ngram_max_;
};

}  // namespace medley::features

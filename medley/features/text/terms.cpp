#include "medley/features/text/terms.h"

#include <limits>
#include <utility>

namespace medley::features {

void TextParams::fields(FieldVisitor& v) {
  words.fields(v);
  v.field("ngram_max", ngram_max, {1, 3}, "also runs of two or three tokens");
  v.field("min_df", min_df, {1, std::numeric_limits<int>::max()}, "keep terms of at least so many items");
  v.field("max_df", max_df, {0.0, 1.0}, "keep terms of at most this share of the items");
  v.field("max_features", max_features, {0, std::numeric_limits<int>::max()},
          "keep only the terms that occur most often (ties: first by name); 0: all");
  v.field("sublinear_tf", sublinear_tf, "count a term's repetitions as 1 + ln(count)");
}

TermReader::TermReader(const TextParams& params, std::string home)
    : words_(params.words, std::move(home)), ngram_max_(static_cast<std::size_t>(params.ngram_max)) {}

std::string TermReader::read(const Item& item, std::vector<std::string>& terms) {
  auto why = words_.read(item, terms);
  const auto words = terms.size();
  for (std::size_t n = 2; n <= ngram_max_; ++n) {
    for (std::size_t first = 0; first + n <= words; ++first) {
      auto run = terms[first];
      for (std::size_t k = 1; k < n; ++k) run += ' ' + terms[first + k];
      terms.push_back(std::move(run));
    }
  }
  return why;
}

}  // namespace medley::features

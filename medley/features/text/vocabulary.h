#pragma once

#include "medley/features/text/term_counts.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace medley::features {

/// The terms of a catalogue with their weights, and what they make of a text: scikit-learn's
/// `TfidfVectorizer` (idf = ln((1 + n) / (1 + df)) + 1, rows of unit length, columns in code point order). n
/// counts every item given, those without text too, as it does. Memory while fitting: every distinct term of
/// the catalogue, with two counts; `max_features` bounds what is kept.
class Vocabulary {
 public:
  explicit Vocabulary(TextParams params) : params_(std::move(params)) {}

  Vocabulary(const Vocabulary&) = delete;  // `column_` looks into `terms_`
  Vocabulary& operator=(const Vocabulary&) = delete;

  /// An empty result is no error: every row is then absent.
  void fit(const ItemBlocks& items, const Services& services);

  /// `fit`, and what `transform` of the same items then gives, with each text read once.
  Vectors fit_transform(const ItemBlocks& items, const Services& services);

  /// The same, the rows handed to `use` in their order, a block at a time; what it returns has none.
  Vectors fit_rows(const ItemBlocks& items, const std::function<void(const math::CsrView&)>& use,
                   const Services& services);

  /// Rows [items x terms]. An item with text but without any known term is absent, with a note.
  Vectors transform(std::span<const Item> items, const Services& services) const;

  const std::vector<std::string>& terms() const { return terms_; }

  void save(ArchiveWriter& out) const;
  void load(const ArchiveReader& in);

 private:
  /// Items that the vocabulary was fitted on.
  struct Counted {
    ItemTerms terms;
    std::vector<std::int32_t> column;  ///< of each of the counted terms; -1 where it is not kept
    std::int64_t numbers = 0;          ///< that their rows hold in all
    Vectors out;                       ///< which have a row, and why not; the rows come last
  };
  Counted count(const ItemBlocks& items, const Services& services);
  std::vector<std::int32_t> learn(TermCounts& counts, std::size_t items);
  /// The rows of a block of counted items; says which are there, and why not.
  math::Csr weighed(const ItemTerms::Block& block, Counted& counted, const Services& services) const;
  void set_terms(std::vector<std::string> terms);

  TextParams params_;
  std::string home_ = "en";  ///< language of items too short to tell theirs
  std::vector<std::string> terms_;
  std::vector<double> idf_;
  std::unordered_map<std::string_view, std::int32_t> column_;
};

}  // namespace medley::features

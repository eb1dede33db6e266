#pragma once

#include "medley/core/archive.h"
#include "medley/features/text/subwords.h"
#include "medley/math/matrix.h"

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace medley::features {

/// The longest vectors that files of others may hold; 300 is usual.
inline constexpr std::int32_t kMaxFileDim = 4096;

/// A model as fastText lays it out: rows of its words, then rows of the buckets of their n-grams. What it
/// looks into outlives it.
struct FastTextModel {
  int dim = 0;
  SubwordRule rule;
  std::vector<std::string> words;  ///< most frequent first
  std::function<void(std::int64_t row, std::span<float> out)> row;
};

/// Vectors of words. A word that has none of its own gets the mean of its n-grams' vectors where it has
/// n-grams that the model was trained on: the random rows of the others would be noise, so they are not kept.
/// Const and thread-safe.
class WordVectors {
 public:
  WordVectors() = default;

  /// Each of `words` with its row of `vectors`; of equal words the first counts.
  WordVectors(std::vector<std::string> words, const math::Matrix& vectors);

  /// The vectors of the model's `max_words` first words and of those in `wanted`, as fastText makes them of
  /// words and n-grams, in lower case; and the n-grams of all of these.
  static WordVectors of(const FastTextModel& model, const std::unordered_set<std::string>& wanted,
                        std::size_t max_words);

  int dim() const { return static_cast<int>(vectors_.cols()); }
  std::size_t size() const { return words_.size(); }

  /// Fills `out` [dim]; false for a word of which nothing is known.
  bool find(std::string_view word, std::span<float> out) const;

  void save(ArchiveWriter& out) const;
  /// Throws `corrupt_data` for arrays that do not fit together.
  static WordVectors load(const ArchiveReader& in);

 private:
  std::vector<std::string> words_;  ///< in byte order
  math::Matrix vectors_;
  SubwordRule rule_;
  std::vector<std::int32_t> buckets_;  ///< those kept, rising
  math::Matrix bucket_vectors_;
};

}  // namespace medley::features

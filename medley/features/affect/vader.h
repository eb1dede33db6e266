#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace medley::features {

/// The feeling of an English text by the lexicon and rules of VADER (Hutto and Gilbert, ICWSM 2014; release
/// 3.3.2): rated words and emoticons, negation, intensifiers, a few idioms, capitals, "but", "!" and "?".
/// Emoji count by the words for what they show. Const and thread-safe.
class Vader {
 public:
  struct Feeling {
    double valence = 0.0;  ///< VADER's compound, before it is rounded: in [-1, 1]; 0 without a rated word
    double arousal = 0.0;  ///< mean |score| of the words that have one / 4, and .1 for each "!"; in [0, 1]
  };

  Vader();

  /// Well-formed UTF-8. n log n in its length.
  Feeling feeling(std::string_view text) const;

 private:
  struct Word {
    std::string text;
    std::string lower;
    bool upper = false;
    const double* rating = nullptr;  ///< in the lexicon; null: not in it
  };
  using Words = std::vector<Word>;
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  template <class Value>
  using Map = std::unordered_map<std::string, Value, Hash, std::equal_to<>>;

  std::string with_emoji_as_words(std::string_view text) const;
  Words words_of(std::string_view text) const;
  double score(const Words& words, std::size_t i, bool caps_stand_out) const;

  Map<double> lexicon_;
  Map<std::string> emoji_;
};

}  // namespace medley::features

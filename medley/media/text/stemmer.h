#pragma once

#include <memory>
#include <string>
#include <vector>

struct sb_stemmer;

namespace medley::media {

/// The languages that `Stemmer` knows, by their English names, in alphabetical order.
std::vector<std::string> stemmer_languages();

/// Cuts words to their stems by Snowball's algorithm for a language (Porter, "Snowball", 2001), so that
/// "shirt" and "shirts" are one term. A stem need not be a word. Holds working memory: use one per thread.
class Stemmer {
 public:
  /// Throws `invalid_argument`, with the languages that there are, for one that there is not.
  explicit Stemmer(const std::string& language);

  /// Replaces a lower-case UTF-8 word by its stem; a word of another script stays.
  void stem(std::string& word);

 private:
  struct Delete {
    void operator()(sb_stemmer* stemmer) const;
  };
  std::unique_ptr<sb_stemmer, Delete> stemmer_;
};

}  // namespace medley::media

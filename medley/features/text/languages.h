#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace medley::features {

/// A language whose words can be told apart from their forms: by a stemmer, by a list of function words, or
/// both.
struct Language {
  std::string_view code;  ///< ISO 639, as `media::language_of` says it
  std::string_view name;  ///< English, in lower case; Snowball's name where it has a stemmer
  bool stems = false;     ///< `media::Stemmer` knows it
};

/// Nothing for a language that is not known. Thread-safe.
const Language* language_with_code(std::string_view code);
const Language* language_with_name(std::string_view name);

/// Every code, in alphabetical order.
std::vector<std::string> language_codes();

/// The bytes at the start of a lower-case word that are a function word run into it, the apostrophe included:
/// "l'" in the French "l'eau", "dell'" in the Italian "dell'arte". 0 where there is none, and in every
/// language that writes no such words.
std::size_t elided_bytes(std::string_view code, std::string_view word);

}  // namespace medley::features

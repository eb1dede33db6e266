#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace medley::features {

/// How fastText cuts a word into character n-grams (Bojanowski et al., TACL 2017): those of `min_length` to
/// `max_length` characters of "<word>", each hashed into one of `buckets` rows.
struct SubwordRule {
  int min_length = 0;
  int max_length = 0;  ///< 0: no n-grams
  std::int32_t buckets = 0;
};

/// The buckets of a word's n-grams, as often as they occur. UTF-8.
std::vector<std::int32_t> subword_buckets(std::string_view word, const SubwordRule& rule);

}  // namespace medley::features

#pragma once

#include "medley/features/text/word_vectors.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_set>

namespace medley::features {

/// What is read of a `.vec` file, and what of it was passed over.
struct VecFile {
  WordVectors vectors;
  std::size_t repeated = 0;  ///< words seen before (the first counts)
  std::size_t not_utf8 = 0;  ///< words that no text can hold
};

/// Reads word vectors in the text form of word2vec and fastText: a line "COUNT LENGTH", then a word and its
/// numbers a line, separated by one space. Words are taken in lower case, as texts are. Kept are the first
/// `max_words` lines and the words in `wanted`; memory is a few times that of what is kept. Throws
/// `corrupt_data` with the line for a header that is none or does not fit the file, a line of another length,
/// and what is no finite number.
VecFile read_vec(std::string_view text, std::string_view name, const std::unordered_set<std::string>& wanted,
                 std::size_t max_words);

}  // namespace medley::features

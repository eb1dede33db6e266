#pragma once

#include <string_view>

namespace medley::features {

/// Whether the lower-case word is an English function word (article, pronoun, preposition, conjunction,
/// auxiliary): one that says nothing about the item. About 150 words, none that names a thing.
bool is_english_stop_word(std::string_view word);

}  // namespace medley::features

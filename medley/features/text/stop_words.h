#pragma once

#include <string_view>

namespace medley::features {

/// Whether the lower-case word is a function word (article, pronoun, preposition, conjunction, particle,
/// auxiliary) of the language (ISO 639): one that says nothing about the item. The lists name no thing and no
/// quality, so they are shorter than others; English, German, French, Spanish, Russian, Chinese (both
/// scripts) and Japanese have one. A typographic apostrophe is as good as a typed one.
bool is_stop_word(std::string_view language, std::string_view word);

bool has_stop_words(std::string_view language);

}  // namespace medley::features

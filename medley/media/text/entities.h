#pragma once

#include <optional>
#include <string_view>

namespace medley::media {

/// The character of an HTML 4 entity ("eacute"; upper and lower case differ), nothing for another name.
std::optional<char32_t> named_entity(std::string_view name);

/// The character of a numeric reference in base 10 or 16; nothing for what is no number or no character
/// (0, surrogates, above 10FFFF). 128 to 159 mean Windows-1252, as in browsers.
std::optional<char32_t> numeric_entity(std::string_view digits, int base);

}  // namespace medley::media

#pragma once

#include <string>
#include <string_view>

namespace medley::media {

/// In Latin letters alone, fewer words than these tell no language.
inline constexpr std::size_t kMinLatinWords = 5;

/// The language that a text is written in, as an ISO 639 code (`en`, `zh`), or "" where it is too short or
/// too mixed to be sure, as titles often are. CLD2, which is asked, is as sure of a brand name's language as
/// of a sentence's: hence kMinLatinWords. Well-formed UTF-8; thread-safe.
std::string language_of(std::string_view text);

}  // namespace medley::media

#pragma once

#include <unicode/utf8.h>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace medley::media {

/// Calls `see(code, begin, end)` for each character of UTF-8 text with the bytes that it takes, U+FFFD for
/// what is none.
template <class See>
void each_character(std::string_view text, See see) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto size = static_cast<std::int64_t>(text.size());
  for (std::int64_t at = 0; at < size;) {
    const auto begin = at;
    UChar32 code = 0;
    U8_NEXT_OR_FFFD(bytes, at, size, code);  // NOLINT(bugprone-inc-dec-in-conditions): a macro of ICU
    see(code, static_cast<std::size_t>(begin), static_cast<std::size_t>(at));
  }
}

}  // namespace medley::media

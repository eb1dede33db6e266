#include "medley/media/text/language.h"

#include "medley/media/text/cases.h"

#include <cld2/public/compact_lang_det.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <cstdint>

namespace medley::media {
namespace {

bool all_letters_are_latin(std::string_view text) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto size = static_cast<std::int64_t>(text.size());
  for (std::int64_t at = 0; at < size;) {
    UChar32 code = 0;
    U8_NEXT_OR_FFFD(bytes, at, size, code);
    if (u_isalpha(code) != 0 && uscript_hasScript(code, USCRIPT_LATIN) == 0) return false;
  }
  return true;
}

/// `at`, or the place before it at which its character starts.
std::size_t start_of_character(std::string_view text, std::size_t at) {
  while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80) --at;
  return at;
}

}  // namespace

std::string language_of(std::string_view text) {
  constexpr std::size_t kEnough = std::size_t{1} << 20;
  if (text.size() > kEnough) text = text.substr(0, start_of_character(text, kEnough));
  if (split_at_spaces(text).size() < kMinLatinWords && all_letters_are_latin(text)) return "";
  constexpr bool kPlainText = true;
  bool reliable = false;
  const auto language =
      CLD2::DetectLanguage(text.data(), static_cast<int>(text.size()), kPlainText, &reliable);
  return reliable && language != CLD2::UNKNOWN_LANGUAGE ? CLD2::LanguageCode(language) : "";
}

}  // namespace medley::media

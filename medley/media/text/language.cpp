#include "medley/media/text/language.h"

#include "medley/media/text/cases.h"
#include "medley/media/text/characters.h"

#include <cld2/public/compact_lang_det.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

namespace medley::media {
namespace {

bool all_letters_are_latin(std::string_view text) {
  bool latin = true;
  each_character(text, [&](UChar32 code, std::size_t, std::size_t) {
    latin = latin && (u_isalpha(code) == 0 || uscript_hasScript(code, USCRIPT_LATIN) != 0);
  });
  return latin;
}

/// `at`, or the place before it at which its character starts.
std::size_t start_of_character(std::string_view text, std::size_t at) {
  while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80) --at;
  return at;
}

/// ISO 639-1's code today, where the detector has the one that was withdrawn in 1989.
std::string current_code(std::string code) {
  if (code == "iw") return "he";
  if (code == "jw") return "jv";
  return code;
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
  return reliable && language != CLD2::UNKNOWN_LANGUAGE ? current_code(CLD2::LanguageCode(language)) : "";
}

}  // namespace medley::media

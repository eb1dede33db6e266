#include "medley/media/text/cases.h"

#include "medley/media/text/characters.h"

#include <unicode/locid.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

namespace medley::media {
namespace {

/// As `str.isspace`: category Zs, or one of the bidirectional classes WS, B and S.
bool is_space(UChar32 code) {
  const auto direction = u_charDirection(code);
  return u_charType(code) == U_SPACE_SEPARATOR || direction == U_WHITE_SPACE_NEUTRAL ||
         direction == U_BLOCK_SEPARATOR || direction == U_SEGMENT_SEPARATOR;
}

}  // namespace

std::string lower_case(std::string_view text) {
  auto wide = icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
  std::string out;
  wide.toLower(icu::Locale::getRoot()).toUTF8String(out);
  return out;
}

bool is_upper_case(std::string_view text) {
  bool upper = false;
  bool other = false;
  each_character(text, [&](UChar32 code, std::size_t, std::size_t) {
    upper = upper || u_isUUppercase(code) != 0;
    other = other || u_isULowercase(code) != 0 || u_istitle(code) != 0;
  });
  return upper && !other;
}

std::vector<std::string_view> split_at_spaces(std::string_view text) {
  std::vector<std::string_view> out;
  std::size_t from = 0;
  each_character(text, [&](UChar32 code, std::size_t begin, std::size_t end) {
    if (!is_space(code)) return;
    if (begin > from) out.push_back(text.substr(from, begin - from));
    from = end;
  });
  if (from < text.size()) out.push_back(text.substr(from));
  return out;
}

}  // namespace medley::media

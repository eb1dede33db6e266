#include "medley/features/text/languages.h"

#include <algorithm>
#include <array>
#include <span>

namespace medley::features {
namespace {

constexpr auto kLanguages = std::to_array<Language>({
    {"ar", "arabic", true},     {"ca", "catalan", true},   {"da", "danish", true},
    {"de", "german", true},     {"el", "greek", true},     {"en", "english", true},
    {"es", "spanish", true},    {"eu", "basque", true},    {"fi", "finnish", true},
    {"fr", "french", true},     {"ga", "irish", true},     {"hi", "hindi", true},
    {"hu", "hungarian", true},  {"hy", "armenian", true},  {"id", "indonesian", true},
    {"it", "italian", true},    {"ja", "japanese", false}, {"lt", "lithuanian", true},
    {"ne", "nepali", true},     {"nl", "dutch", true},     {"no", "norwegian", true},
    {"pt", "portuguese", true}, {"ro", "romanian", true},  {"ru", "russian", true},
    {"sr", "serbian", true},    {"sv", "swedish", true},   {"ta", "tamil", true},
    {"tr", "turkish", true},    {"yi", "yiddish", true},   {"zh", "chinese", false},
});
static_assert(std::ranges::is_sorted(kLanguages, {}, &Language::code));

constexpr auto kFrenchElisions = std::to_array<std::string_view>(
    {"c", "d", "j", "jusqu", "l", "lorsqu", "m", "n", "puisqu", "qu", "quelqu", "quoiqu", "s", "t"});
constexpr auto kItalianElisions = std::to_array<std::string_view>(
    {"all", "c", "coll", "d", "dall", "dell", "l", "nell", "quell", "quest", "sull", "un"});
constexpr auto kCatalanElisions = std::to_array<std::string_view>({"d", "l", "m", "n", "s", "t"});

std::span<const std::string_view> elisions_of(std::string_view code) {
  if (code == "fr") return kFrenchElisions;
  if (code == "it") return kItalianElisions;
  if (code == "ca") return kCatalanElisions;
  return {};
}

}  // namespace

const Language* language_with_code(std::string_view code) {
  const auto found = std::ranges::find(kLanguages, code, &Language::code);
  return found == kLanguages.end() ? nullptr : &*found;
}

const Language* language_with_name(std::string_view name) {
  const auto found = std::ranges::find(kLanguages, name, &Language::name);
  return found == kLanguages.end() ? nullptr : &*found;
}

std::vector<std::string> language_codes() {
  std::vector<std::string> out;
  for (const auto& language : kLanguages) out.emplace_back(language.code);
  return out;
}

std::size_t elided_bytes(std::string_view code, std::string_view word) {
  const auto elisions = elisions_of(code);
  if (elisions.empty()) return 0;
  for (const std::string_view apostrophe : {"'", "\u2019"}) {
    const auto at = word.find(apostrophe);
    // "aujourd'hui" and "l'" alone are words: what is cut off is a known one, and something stands behind it.
    if (at != word.npos && at + apostrophe.size() < word.size() &&
        std::ranges::binary_search(elisions, word.substr(0, at)))
      return at + apostrophe.size();
  }
  return 0;
}

}  // namespace medley::features

#include "medley/features/affect/vader_data.h"

#include "medley/core/error.h"
#include "medley/core/params.h"

#include <cstdint>

// vader_lexicon.txt and vader_emoji.txt, which tools/fixtures/affect.py wrote; MEDLEY_VADER is their folder.
__asm__(
    ".pushsection .rodata\n"
    ".global medley_vader_lexicon\n"
    "medley_vader_lexicon:\n"
    ".incbin \"" MEDLEY_VADER
    "/vader_lexicon.txt\"\n"
    ".global medley_vader_emoji\n"
    "medley_vader_emoji:\n"
    ".incbin \"" MEDLEY_VADER
    "/vader_emoji.txt\"\n"
    ".global medley_vader_end\n"
    "medley_vader_end:\n"
    ".byte 0\n"
    ".popsection\n");
extern "C" const char medley_vader_lexicon[];
extern "C" const char medley_vader_emoji[];
extern "C" const char medley_vader_end[];

namespace medley::features {
namespace {

/// Calls `see(before, behind)` for each line of two parts split by a tab.
template <class See>
void each_line(const char* begin, const char* end, See see) {
  std::string_view rest(begin, static_cast<std::size_t>(end - begin));
  while (!rest.empty()) {
    const auto line = rest.substr(0, rest.find('\n'));
    const auto tab = line.find('\t');
    see(line.substr(0, tab), line.substr(tab + 1));
    rest.remove_prefix(line.size() + 1);
  }
}

}  // namespace

std::vector<std::pair<std::string_view, double>> vader_lexicon() {
  std::vector<std::pair<std::string_view, double>> out;
  each_line(medley_vader_lexicon, medley_vader_emoji, [&](std::string_view token, std::string_view rating) {
    double value = 0.0;
    require(parse_double(rating, value), "the rating '{}' of '{}' is no number", rating, token);
    out.emplace_back(token, value);
  });
  return out;
}

std::vector<std::pair<std::string_view, std::string>> vader_emoji() {
  std::vector<std::pair<std::string_view, std::string>> out;
  each_line(medley_vader_emoji, medley_vader_end,
            [&](std::string_view character, std::string_view words) { out.emplace_back(character, words); });
  return out;
}

}  // namespace medley::features

#include "apps/medley/report_page.h"

#include "medley/core/error.h"
#include "medley/core/file.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <string_view>

// The page as apps/medley/report/build.mjs joined it; MEDLEY_REPORT_PAGE is its path.
__asm__(
    ".pushsection .rodata\n"
    ".global medley_report_page_begin\n"
    "medley_report_page_begin:\n"
    ".incbin \"" MEDLEY_REPORT_PAGE
    "\"\n"
    "medley_report_page_end:\n"
    ".balign 8\n"
    ".global medley_report_page_size\n"
    "medley_report_page_size:\n"
    ".quad medley_report_page_end - medley_report_page_begin\n"
    ".popsection\n");
extern "C" const char medley_report_page_begin[];
extern "C" const std::uint64_t medley_report_page_size;

namespace medley::app {
namespace {

constexpr std::string_view kPlace = "@DOCUMENT@";

/// JSON that may stand inside an HTML element.
std::string embedded(const std::string& json) {
  std::string out;
  out.reserve(json.size());
  for (std::size_t i = 0; i < json.size(); ++i) {
    switch (json[i]) {
      case '<': out += "\\u003c"; break;
      case '>': out += "\\u003e"; break;
      case '&': out += "\\u0026"; break;
      case '\xE2':
        if (json.compare(i, 3, "\xE2\x80\xA8") == 0 || json.compare(i, 3, "\xE2\x80\xA9") == 0) {
          out += json[i + 2] == '\xA8' ? "\\u2028" : "\\u2029";
          i += 2;
          break;
        }
        [[fallthrough]];
      default: out += json[i];
    }
  }
  return out;
}

}  // namespace

std::string report_page(const nlohmann::ordered_json& document) {
  const std::string_view page(medley_report_page_begin, medley_report_page_size);
  const auto place = page.find(kPlace);
  if (place == std::string_view::npos) fail(ErrorCode::internal, "the page of a report has no {}", kPlace);
  std::string out(page.substr(0, place));
  out += embedded(document.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
  return out += page.substr(place + kPlace.size());
}

void write_report(const std::filesystem::path& path, const nlohmann::ordered_json& document) {
  write_file(path, report_page(document));
}

}  // namespace medley::app

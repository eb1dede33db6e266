#include "medley/data/writers/cells.h"

#include <fmt/format.h>

#include <chrono>
#include <cmath>

namespace medley::data {
namespace {

constexpr std::string_view kBreaks("\t\n\r\0\v\f", 6);

}  // namespace

std::string number_cell(double value) {
  return std::isnan(value) ? std::string() : fmt::format("{}", value);
}

std::string number_cell(float value) {
  return std::isnan(value) ? std::string() : fmt::format("{}", value);
}

std::string time_cell(std::int64_t time, bool iso) {
  if (time == kNoTime) return {};
  constexpr std::int64_t kDay = 86'400;
  constexpr std::int64_t kYear0 = -62'167'219'200;     // 0000-01-01
  constexpr std::int64_t kYear9999 = 253'402'300'799;  // 9999-12-31T23:59:59
  if (!iso || time < kYear0 || time > kYear9999) return std::to_string(time);
  const auto days = time / kDay - (time % kDay < 0 ? 1 : 0);
  const auto seconds = time - days * kDay;
  const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(days))};
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), seconds / 3600,
                     seconds / 60 % 60, seconds % 60);
}

std::string quoted_cell(std::string_view text, char delimiter) {
  const bool plain = text.find_first_of("\"\r\n") == text.npos && text.find(delimiter) == text.npos;
  if (plain) return std::string(text);
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

std::string CsvCells::text(std::string_view text) {
  const bool formula = !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != text.npos;
  if (!spreadsheet_safe_ || !formula) return quoted_cell(text);
  ++defused_;
  return quoted_cell("'" + std::string(text));
}

std::string TabCells::text(std::string_view text) {
  std::string out(text);
  for (auto& c : out) {
    if (kBreaks.find(c) != kBreaks.npos) c = ' ';
  }
  if (!out.empty() && out.front() == '"') out.front() = '\'';
  if (out != text) ++changed_;
  return out;
}

bool breaks_tabs(std::string_view id) {
  return id.find_first_of(kBreaks) != id.npos || id.starts_with('"');
}

}  // namespace medley::data

#include "medley/data/check/time_units.h"

#include "medley/data/readers/fields.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

namespace medley::data {
namespace {

constexpr double kFirst = 631'152'000;   // 1990-01-01
constexpr double kLast = 4'102'444'800;  // 2100-01-01
constexpr double kEnoughInside = 0.99;

constexpr std::array<std::pair<const char*, std::int64_t>, 4> kUnits{
    {{"s", 1}, {"ms", 1'000}, {"us", 1'000'000}, {"ns", 1'000'000'000}}};

bool enough(std::size_t inside, std::size_t all) {
  return all > 0 && static_cast<double>(inside) >= kEnoughInside * static_cast<double>(all);
}

/// Whether nearly all texts of a column that has any are dates.
bool holds_dates(const Catalog::Texts& column, std::int64_t& filled) {
  std::size_t dates = 0;
  filled = 0;
  for (const auto& text : column.values) {
    if (text.empty()) continue;
    ++filled;
    dates += is_iso_time(text) && parse_time(text);
  }
  return enough(dates, static_cast<std::size_t>(filled));
}

void guess_log(const Dataset& dataset, CheckReport& report) {
  std::vector<double> times;
  for (const auto& event : dataset.log.events) {
    if (event.time != kNoTime) times.push_back(static_cast<double>(event.time));
  }
  if (times.empty()) return;
  const auto unit = dataset.log.iso_times ? "ISO" : guess_time_unit(times);
  report.time_columns.push_back({"time of events", unit, static_cast<std::int64_t>(times.size())});
  if (unit.empty() || unit == "s" || unit == "ISO") return;
  ProblemCounter wrong(
      "times_not_in_seconds", 1, "",
      fmt::format("divide by {} before the import, which reads seconds since 1970 or ISO 8601",
                  per_second(unit)));
  for (const double time : times) wrong.add([&] { return fmt::format("{:.0f} looks like {}", time, unit); });
  wrong.report_to(report);
}

}  // namespace

std::string guess_time_unit(std::span<const double> values) {
  for (const auto& [name, scale] : kUnits) {
    const auto factor = static_cast<double>(scale);
    const auto inside = std::ranges::count_if(
        values, [&](double value) { return value >= kFirst * factor && value < kLast * factor; });
    if (enough(static_cast<std::size_t>(inside), values.size())) return name;
  }
  return "";
}

std::int64_t per_second(const std::string& unit) {
  for (const auto& [name, scale] : kUnits) {
    if (unit == name) return scale;
  }
  return 1;
}

void check_time_units(const Dataset& dataset, CheckReport& report) {
  guess_log(dataset, report);
  for (const auto& column : dataset.catalog.numbers) {
    std::vector<double> values;
    std::ranges::copy_if(column.values, std::back_inserter(values),
                         [](double value) { return std::isfinite(value); });
    if (const auto unit = guess_time_unit(values); !unit.empty())
      report.time_columns.push_back({column.name, unit, static_cast<std::int64_t>(values.size())});
  }
  for (const auto& column : dataset.catalog.texts) {
    std::int64_t filled = 0;
    if (holds_dates(column, filled)) report.time_columns.push_back({column.name, "ISO", filled});
  }
}

}  // namespace medley::data

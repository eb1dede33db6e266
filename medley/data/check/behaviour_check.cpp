#include "medley/data/check/behaviour_check.h"

#include "medley/data/check/time_units.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace medley::data {
namespace {

/// The largest number of rising `times` within one minute.
std::int64_t most_in_a_minute(const std::vector<std::int64_t>& times) {
  std::size_t first = 0;
  std::size_t most = 0;
  for (std::size_t i = 0; i < times.size(); ++i) {
    while (times[i] - times[first] >= 60) ++first;
    most = std::max(most, i - first + 1);
  }
  return static_cast<std::int64_t>(most);
}

std::string even_reason(const std::vector<std::int64_t>& times) {
  std::vector<std::int64_t> gaps;
  for (std::size_t i = 1; i < times.size(); ++i) gaps.push_back(times[i] - times[i - 1]);
  if (gaps.size() < static_cast<std::size_t>(kMinGaps)) return "";
  auto middle = gaps.begin() + static_cast<std::ptrdiff_t>(gaps.size() / 2);
  std::nth_element(gaps.begin(), middle, gaps.end());
  const auto median = *middle;
  if (median < 1 || median > kMaxEvenGap) return "";
  const double width = kEvenWithin * static_cast<double>(median);
  const auto alike = std::ranges::count_if(
      gaps, [&](std::int64_t gap) { return std::abs(static_cast<double>(gap - median)) <= width; });
  const double share = static_cast<double>(alike) / static_cast<double>(gaps.size());
  if (share < kEvenShare) return "";
  return fmt::format("{:.0f} % of {} gaps within {:.0f} % of {} s", 100 * share, gaps.size(),
                     100 * kEvenWithin, median);
}

}  // namespace

std::string automatic_reason(const std::vector<std::int64_t>& times, std::int64_t resolution) {
  const auto most = most_in_a_minute(times);
  if (most > kMaxEventsAMinute && resolution <= 60) return fmt::format("{} events in a minute", most);
  return even_reason(times);
}

void check_behaviour(const Dataset& dataset, const CheckOptions& options, CheckReport& report) {
  std::vector<double> raw;
  for (const auto& event : dataset.log.events) {
    if (event.time != kNoTime) raw.push_back(static_cast<double>(event.time));
  }
  const auto scale = per_second(dataset.log.iso_times ? "ISO" : guess_time_unit(raw));
  std::vector<std::vector<std::int64_t>> times(static_cast<std::size_t>(dataset.user_count()));
  std::int64_t resolution = 0;
  std::int64_t first = kNoTime;
  for (const auto& event : dataset.log.events) {
    if (event.time == kNoTime) continue;
    const auto time = event.time / scale;
    if (first == kNoTime) first = time;
    resolution = std::gcd(resolution, time - first);
    times[static_cast<std::size_t>(event.user)].push_back(time);
  }
  ProblemCounter automatic("automatic_users", options.max_examples);
  for (std::size_t user = 0; user < times.size(); ++user) {
    std::ranges::sort(times[user]);
    const auto reason = automatic_reason(times[user], resolution);
    if (reason.empty()) continue;
    automatic.add(
        [&] { return fmt::format("user '{}': {}", dataset.users.id(static_cast<UserId>(user)), reason); });
  }
  automatic.report_to(report);
}

}  // namespace medley::data

#include "medley/data/check/log_check.h"

#include "medley/data/check/value_limits.h"
#include "medley/data/pairs.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>

namespace medley::data {
namespace {

std::string describe(const Dataset& dataset, const Event& event) {
  return fmt::format("user '{}', item '{}'", dataset.users.id(event.user), dataset.items.id(event.item));
}

std::int64_t rows_with_any(const std::vector<std::int64_t>& indptr) {
  std::int64_t count = 0;
  for (std::size_t i = 0; i + 1 < indptr.size(); ++i) count += indptr[i + 1] > indptr[i];
  return count;
}

void count_pairs_of(const Dataset& dataset, const CheckOptions& options, CheckReport& report) {
  const auto add = [&](const char* name, std::int64_t n) {
    report.counts.emplace_back(name, static_cast<double>(n));
  };
  const auto pairs =
      build_interactions(dataset.log, dataset.user_count(), dataset.item_count(), options.weights);
  const auto joined = join_pairs(dataset.log, dataset.user_count(), dataset.item_count(), options.weights);
  std::vector<std::int32_t> events(joined.pairs.size(), 0);
  for (const auto k : joined.of_event) ++events[static_cast<std::size_t>(k)];
  const auto users = rows_with_any(pairs.by_user.indptr);
  const auto items = rows_with_any(pairs.by_item.indptr);
  add("users", dataset.user_count());
  add("items", dataset.item_count());
  add("events", static_cast<std::int64_t>(dataset.log.events.size()));
  add("pairs", pairs.pairs());
  add("dropped_pairs", pairs.dropped_pairs);
  add("repeated_pairs", std::ranges::count_if(events, [](std::int32_t n) { return n > 1; }));
  add("users_with_events", users);
  add("items_with_events", items);
  const double cells = static_cast<double>(users) * static_cast<double>(items);
  report.counts.emplace_back("density", cells > 0.0 ? static_cast<double>(pairs.pairs()) / cells : 0.0);
}

void find_duplicates(const Dataset& dataset, const CheckOptions& options, CheckReport& report) {
  const auto& events = dataset.log.events;
  const auto key = [&](std::size_t i) {
    return std::tuple(events[i].user, events[i].item, events[i].kind, events[i].time);
  };
  std::vector<std::size_t> order(events.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, key);
  ProblemCounter duplicates("duplicate_events", options.max_examples);
  for (std::size_t k = 1; k < order.size(); ++k) {
    if (key(order[k]) == key(order[k - 1])) {
      duplicates.add([&] { return describe(dataset, events[order[k]]); });
    }
  }
  duplicates.report_to(report);
}

/// Values are judged kind by kind: ratings and counts may stand in one log.
void find_wild_values(const Dataset& dataset, const CheckOptions& options, CheckReport& report) {
  const auto& log = dataset.log;
  std::vector<std::vector<float>> values(log.kinds.size());
  for (const auto& event : log.events) values[static_cast<std::size_t>(event.kind)].push_back(event.value);
  std::vector<std::optional<ValueLimits>> limits;
  std::vector<ProblemCounter> wild;
  for (std::size_t kind = 0; kind < values.size(); ++kind) {
    limits.push_back(value_limits(values[kind]));
    wild.emplace_back("values_out_of_range", options.max_examples, log.kinds[kind]);
  }
  for (const auto& event : log.events) {
    const auto kind = static_cast<std::size_t>(event.kind);
    const double value = static_cast<double>(event.value);
    const auto& found = limits[kind];
    const bool fits_below = options.min_value ? value >= *options.min_value : !found || value >= found->min;
    const bool fits_above = options.max_value ? value <= *options.max_value : !found || value <= found->max;
    if (std::isfinite(value) && fits_below && fits_above) continue;
    wild[kind].add([&] { return fmt::format("{}: value {}", describe(dataset, event), value); });
  }
  for (auto& counter : wild) counter.report_to(report);
}

void find_bad_times(const Dataset& dataset, const CheckOptions& options, CheckReport& report) {
  ProblemCounter impossible("impossible_times", options.max_examples);
  ProblemCounter future("future_events", options.max_examples);
  ProblemCounter missing("missing_times", options.max_examples);
  const auto& events = dataset.log.events;
  const bool any = std::ranges::any_of(events, [](const Event& event) { return event.time != kNoTime; });
  for (const auto& event : events) {
    if (event.time == kNoTime) {
      if (any) missing.add([&] { return describe(dataset, event); });
    } else if (event.time < kEarliestTime || (options.now && event.time > *options.now)) {
      (event.time < kEarliestTime ? impossible : future).add([&] {
        return fmt::format("{}: time {}", describe(dataset, event), event.time);
      });
    }
  }
  impossible.report_to(report);
  future.report_to(report);
  missing.report_to(report);
}

void count_times(const Dataset& dataset, CheckReport& report) {
  std::vector<std::pair<UserId, std::int64_t>> times;
  for (const auto& event : dataset.log.events) {
    if (event.time != kNoTime) times.emplace_back(event.user, event.time);
  }
  if (times.empty()) return;
  const auto [first, last] = std::ranges::minmax(times, {}, &std::pair<UserId, std::int64_t>::second);
  std::ranges::sort(times);
  std::int64_t tied = 0;
  for (std::size_t k = 0; k < times.size(); ++k) {
    const bool like_before = k > 0 && times[k] == times[k - 1];
    const bool like_after = k + 1 < times.size() && times[k] == times[k + 1];
    tied += like_before || like_after;
  }
  report.counts.emplace_back("tied_times", static_cast<double>(tied) / static_cast<double>(times.size()));
  report.counts.emplace_back("first_time", static_cast<double>(first.second));
  report.counts.emplace_back("last_time", static_cast<double>(last.second));
}

}  // namespace

void check_log(const Dataset& dataset, const CheckOptions& options, CheckReport& report) {
  count_pairs_of(dataset, options, report);
  count_times(dataset, report);
  find_duplicates(dataset, options, report);
  find_wild_values(dataset, options, report);
  find_bad_times(dataset, options, report);
}

}  // namespace medley::data

#include "medley/data/pairs.h"

#include "medley/core/error.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <span>

namespace medley::data {
namespace {

std::vector<double> weight_of_each_kind(const EventLog& log, const KindWeights& weights) {
  std::vector<double> result;
  for (const auto& kind : log.kinds) {
    const auto found = weights.find(kind);
    result.push_back(found == weights.end() ? 1.0 : found->second);
  }
  return result;
}

void check_event(const EventLog& log, std::size_t i, std::int32_t users, std::int32_t items) {
  const auto& event = log.events[i];
  require(event.user >= 0 && event.user < users, "event {} names user row {} of {}", i, event.user, users);
  require(event.item >= 0 && event.item < items, "event {} names item row {} of {}", i, event.item, items);
  require(event.kind >= 0 && static_cast<std::size_t>(event.kind) < log.kinds.size(),
          "event {} has kind {} of {}", i, event.kind, log.kinds.size());
}

/// Indices of the kept events by user, in file order within a user (a counting sort); fills `begin`
/// [users + 1].
std::vector<std::size_t> events_by_user(const EventLog& log, std::int32_t users, std::int32_t items,
                                        const std::function<bool(std::size_t)>& keep,
                                        std::vector<std::size_t>& begin) {
  const std::size_t n = log.events.size();
  std::vector<std::uint8_t> taken(n, 1);
  begin.assign(static_cast<std::size_t>(users) + 1, 0);
  for (std::size_t i = 0; i < n; ++i) {
    check_event(log, i, users, items);
    if (keep) taken[i] = keep(i) ? 1 : 0;
    if (taken[i]) ++begin[static_cast<std::size_t>(log.events[i].user) + 1];
  }
  std::partial_sum(begin.begin(), begin.end(), begin.begin());
  std::vector<std::size_t> order(begin.back());
  auto next = begin;
  for (std::size_t i = 0; i < n; ++i) {
    if (taken[i]) order[next[static_cast<std::size_t>(log.events[i].user)]++] = i;
  }
  return order;
}

}  // namespace

Pairs join_pairs(const EventLog& log, std::int32_t users, std::int32_t items, const KindWeights& weights,
                 const std::function<bool(std::size_t)>& keep) {
  const auto kind_weight = weight_of_each_kind(log, weights);
  std::vector<std::size_t> begin;
  auto order = events_by_user(log, users, items, keep, begin);

  Pairs result;
  result.of_event.assign(log.events.size(), Pairs::kNone);
  result.indptr.push_back(0);
  for (std::size_t user = 0; user + 1 < begin.size(); ++user) {
    const auto mine = std::span(order).subspan(begin[user], begin[user + 1] - begin[user]);
    std::ranges::stable_sort(mine, {}, [&](std::size_t i) { return log.events[i].item; });
    for (std::size_t k = 0; k < mine.size(); ++k) {
      const auto& event = log.events[mine[k]];
      if (k == 0 || log.events[mine[k - 1]].item != event.item) {
        result.pairs.push_back({event.user, event.item, 0.0, mine[k]});
      }
      auto& pair = result.pairs.back();
      pair.weight += kind_weight[static_cast<std::size_t>(event.kind)];
      if (event.time >= log.events[pair.last].time) pair.last = mine[k];
      result.of_event[mine[k]] = static_cast<std::int32_t>(result.pairs.size() - 1);
    }
    if (result.pairs.size() > static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max())) {
      fail(ErrorCode::limit, "a log may hold at most {} pairs of user and item",
           std::numeric_limits<std::int32_t>::max());
    }
    result.indptr.push_back(result.pairs.size());
  }
  return result;
}

}  // namespace medley::data

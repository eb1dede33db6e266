#include "medley/data/filter.h"

#include "medley/core/error.h"
#include "medley/data/interactions.h"
#include "medley/data/pairs.h"

#include <vector>

namespace medley::data {
namespace {

template <class Keep>
EventLog filtered(const EventLog& log, Keep keep) {
  EventLog result;
  result.kinds = log.kinds;
  for (std::size_t i = 0; i < log.events.size(); ++i) {
    if (!keep(i)) continue;
    result.events.push_back(log.events[i]);
    if (!log.labels.empty()) result.labels.push_back(log.labels[i]);
  }
  return result;
}

}  // namespace

EventLog keep_values(const EventLog& log, double min_value) {
  return filtered(log, [&](std::size_t i) { return static_cast<double>(log.events[i].value) >= min_value; });
}

EventLog k_core(const EventLog& log, std::int32_t users, std::int32_t items, std::int32_t per_user,
                std::int32_t per_item) {
  require(per_user >= 0 && per_item >= 0, "a k-core needs k of at least 0, got {} and {}", per_user,
          per_item);
  const auto joined = join_pairs(log, users, items, {});
  std::vector<std::int32_t> of_user(static_cast<std::size_t>(users), 0);
  std::vector<std::int32_t> of_item(static_cast<std::size_t>(items), 0);
  for (const auto& pair : joined.pairs) {
    ++of_user[static_cast<std::size_t>(pair.user)];
    ++of_item[static_cast<std::size_t>(pair.item)];
  }
  std::vector<std::uint8_t> alive(joined.pairs.size(), 1);
  for (bool changed = true; changed;) {
    changed = false;
    for (std::size_t k = 0; k < joined.pairs.size(); ++k) {
      auto& user = of_user[static_cast<std::size_t>(joined.pairs[k].user)];
      auto& item = of_item[static_cast<std::size_t>(joined.pairs[k].item)];
      if (!alive[k] || (user >= per_user && item >= per_item)) continue;
      alive[k] = 0;
      --user;
      --item;
      changed = true;
    }
  }
  return filtered(log,
                  [&](std::size_t i) { return alive[static_cast<std::size_t>(joined.of_event[i])] != 0; });
}

}  // namespace medley::data

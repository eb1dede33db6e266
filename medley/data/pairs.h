#pragma once

#include "medley/data/events.h"
#include "medley/data/interactions.h"

#include <cstdint>
#include <functional>
#include <vector>

namespace medley::data {

/// All events of one user with one item.
struct Pair {
  UserId user = 0;
  ItemId item = 0;
  double weight = 0.0;   ///< summed over its events by their kind; any sign
  std::size_t last = 0;  ///< index of its last event: by time, same times by file order

  bool counts() const { return weight > 0.0; }
};

/// The distinct pairs of a log, by user, then by item; what interactions and splits are made from.
struct Pairs {
  static constexpr std::int32_t kNone = -1;

  std::vector<Pair> pairs;
  std::vector<std::size_t> indptr;     ///< pairs of user u are [indptr[u], indptr[u + 1])
  std::vector<std::int32_t> of_event;  ///< index into `pairs` of each event, kNone for one not taken
};

/// Joins the events that `keep` takes (null takes all). Throws `invalid_argument` for a row number outside
/// [0, users) or [0, items) or a kind outside `log.kinds`, `limit` above 2^31 - 1 pairs.
Pairs join_pairs(const EventLog& log, std::int32_t users, std::int32_t items, const KindWeights& weights,
                 const std::function<bool(std::size_t)>& keep = {});

}  // namespace medley::data

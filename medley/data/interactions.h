#pragma once

#include "medley/data/events.h"
#include "medley/math/csr.h"

#include <functional>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace medley::data {

/// One entry a distinct (user, item) pair, in compressed rows by user and by item.
/// Items rise within a user's row; users rise within an item's row.
struct Interactions {
  struct Rows {
    std::vector<std::int64_t> indptr{0};
    std::vector<std::int32_t> ids;   ///< items of a user, or users of an item
    std::vector<float> value;        ///< of the last event of the pair
    std::vector<float> weight;       ///< summed training weight of the pair's events, above 0
    std::vector<std::int64_t> time;  ///< of the last event of the pair, or kNoTime
    std::vector<std::int32_t> kind;  ///< of the last event of the pair

    std::span<const std::int32_t> row(std::int32_t i) const {
      const auto begin = static_cast<std::size_t>(indptr[static_cast<std::size_t>(i)]);
      return std::span(ids).subspan(
          begin, static_cast<std::size_t>(indptr[static_cast<std::size_t>(i) + 1]) - begin);
    }
  };

  std::int32_t users = 0;
  std::int32_t items = 0;
  Rows by_user;
  Rows by_item;
  std::int64_t dropped_pairs = 0;  ///< pairs whose summed weight was not above 0

  std::int64_t pairs() const { return static_cast<std::int64_t>(by_user.ids.size()); }
  std::span<const ItemId> items_of(UserId user) const { return by_user.row(user); }
  std::span<const UserId> users_of(ItemId item) const { return by_item.row(item); }

  /// Users x items with 1 for each pair.
  math::Csr binary() const;
};

/// Training weight of an event by its kind; kinds that are not named weigh 1.
using KindWeights = std::map<std::string, double, std::less<>>;

/// view 1, cart 3, purchase 5, dislike -1.
KindWeights default_kind_weights();

/// Joins the events that `keep` takes (by index into `log.events`; null takes all) into pairs.
/// A pair counts if its summed weight is above 0, else it is dropped and counted.
Interactions build_interactions(const EventLog& log, std::int32_t users, std::int32_t items,
                                const KindWeights& weights = default_kind_weights(),
                                const std::function<bool(std::size_t)>& keep = {});

/// The interactions with these rows by user; items rise strictly within a user's row.
Interactions from_user_rows(Interactions::Rows by_user, std::int32_t items);

}  // namespace medley::data

#include "medley/data/interactions.h"

#include "medley/data/pairs.h"

#include <numeric>

namespace medley::data {
namespace {

void append(Interactions::Rows& rows, const Pair& pair, const Event& last) {
  rows.ids.push_back(pair.item);
  rows.value.push_back(last.value);
  rows.weight.push_back(static_cast<float>(pair.weight));
  rows.time.push_back(last.time);
  rows.kind.push_back(last.kind);
}

/// The same pairs by item; users rise within an item because the rows are walked in user order.
Interactions::Rows by_column(const Interactions::Rows& rows, std::int32_t columns) {
  Interactions::Rows result;
  result.indptr.assign(static_cast<std::size_t>(columns) + 1, 0);
  for (const auto id : rows.ids) ++result.indptr[static_cast<std::size_t>(id) + 1];
  std::partial_sum(result.indptr.begin(), result.indptr.end(), result.indptr.begin());
  const auto n = rows.ids.size();
  result.ids.resize(n);
  result.value.resize(n);
  result.weight.resize(n);
  result.time.resize(n);
  result.kind.resize(n);
  auto next = result.indptr;
  for (std::size_t row = 0; row + 1 < rows.indptr.size(); ++row) {
    for (auto k = static_cast<std::size_t>(rows.indptr[row]);
         k < static_cast<std::size_t>(rows.indptr[row + 1]); ++k) {
      const auto to = static_cast<std::size_t>(next[static_cast<std::size_t>(rows.ids[k])]++);
      result.ids[to] = static_cast<std::int32_t>(row);
      result.value[to] = rows.value[k];
      result.weight[to] = rows.weight[k];
      result.time[to] = rows.time[k];
      result.kind[to] = rows.kind[k];
    }
  }
  return result;
}

}  // namespace

math::Csr Interactions::binary() const {
  math::Csr result;
  result.rows = users;
  result.cols = items;
  result.indptr = by_user.indptr;
  result.indices = by_user.ids;
  result.values.assign(by_user.ids.size(), 1.0f);
  return result;
}

Interactions from_user_rows(Interactions::Rows by_user, std::int32_t items) {
  Interactions result;
  result.users = static_cast<std::int32_t>(by_user.indptr.size()) - 1;
  result.items = items;
  result.by_item = by_column(by_user, items);
  result.by_user = std::move(by_user);
  return result;
}

KindWeights default_kind_weights() {
  return {{"view", 1.0}, {"cart", 3.0}, {"purchase", 5.0}, {"dislike", -1.0}};
}

Interactions build_interactions(const EventLog& log, std::int32_t users, std::int32_t items,
                                const KindWeights& weights, const std::function<bool(std::size_t)>& keep) {
  const auto joined = join_pairs(log, users, items, weights, keep);
  Interactions result;
  result.users = users;
  result.items = items;
  for (std::size_t user = 0; user + 1 < joined.indptr.size(); ++user) {
    for (auto k = joined.indptr[user]; k < joined.indptr[user + 1]; ++k) {
      const auto& pair = joined.pairs[k];
      if (pair.counts()) {
        append(result.by_user, pair, log.events[pair.last]);
      } else {
        ++result.dropped_pairs;
      }
    }
    result.by_user.indptr.push_back(static_cast<std::int64_t>(result.by_user.ids.size()));
  }
  result.by_item = by_column(result.by_user, items);
  return result;
}

}  // namespace medley::data

#include "medley/data/random_items.h"

#include "medley/core/error.h"
#include "medley/core/rng.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <unordered_set>
#include <vector>

namespace medley::data {
namespace {

using Rows = Interactions::Rows;

/// Appends entry `from` of `rows` under another id.
void append(Rows& out, const Rows& rows, std::size_t from, std::int32_t id) {
  out.ids.push_back(id);
  out.value.push_back(rows.value[from]);
  out.weight.push_back(rows.weight[from]);
  out.time.push_back(rows.time[from]);
  out.kind.push_back(rows.kind[from]);
}

void end_row(Rows& rows) {
  rows.indptr.push_back(static_cast<std::int64_t>(rows.ids.size()));
}

/// A mark for each pair: whether it is replaced.
std::vector<std::uint8_t> draw_pairs(std::size_t pairs, double share, Rng& rng) {
  std::vector<std::size_t> order(pairs);
  std::iota(order.begin(), order.end(), std::size_t{0});
  rng.shuffle(order);
  order.resize(static_cast<std::size_t>(std::llround(share * static_cast<double>(pairs))));
  std::vector<std::uint8_t> replaced(pairs);
  for (const auto pair : order) replaced[pair] = 1;
  return replaced;
}

std::vector<ItemId> used_items(const Interactions& log) {
  std::vector<ItemId> out;
  for (ItemId item = 0; item < log.items; ++item) {
    if (!log.users_of(item).empty()) out.push_back(item);
  }
  return out;
}

}  // namespace

Interactions with_random_items(const Interactions& log, double share, std::uint64_t seed,
                               std::span<const Interactions* const> taken) {
  require(share >= 0.0 && share <= 1.0, "a share must be in [0, 1], got {}", share);
  std::vector<const Interactions*> logs{&log};
  logs.insert(logs.end(), taken.begin(), taken.end());
  for (const auto* other : logs) {
    require(other->users == log.users && other->items == log.items, "logs of {} x {} and {} x {} do not mix",
            log.users, log.items, other->users, other->items);
  }
  Rng rng(seed);
  const auto replaced = draw_pairs(log.by_user.ids.size(), share, rng);
  const auto pool = used_items(log);
  Rows out;
  std::unordered_set<ItemId> of_user;
  std::vector<std::pair<ItemId, std::size_t>> row;  // new item, entry that it stands for
  for (UserId user = 0; user < log.users; ++user) {
    of_user.clear();
    std::size_t from_pool = 0;
    for (const auto* other : logs) {
      for (const auto item : other->items_of(user))
        if (of_user.insert(item).second && !log.users_of(item).empty()) ++from_pool;
    }
    row.clear();
    const auto begin = static_cast<std::size_t>(log.by_user.indptr[static_cast<std::size_t>(user)]);
    for (std::size_t k = begin; k < begin + log.items_of(user).size(); ++k) {
      auto item = log.by_user.ids[k];
      if (replaced[k] != 0 && from_pool < pool.size()) {
        do item = pool[rng.below(pool.size())];
        while (!of_user.insert(item).second);
        ++from_pool;
      }
      row.emplace_back(item, k);
    }
    std::ranges::sort(row);
    for (const auto& [item, k] : row) append(out, log.by_user, k, item);
    end_row(out);
  }
  return from_user_rows(std::move(out), log.items);
}

Interactions united(const Interactions& a, const Interactions& b) {
  require(a.users == b.users && a.items == b.items, "logs of {} x {} and {} x {} do not mix", a.users,
          a.items, b.users, b.items);
  Rows out;
  for (std::size_t user = 0; user < static_cast<std::size_t>(a.users); ++user) {
    auto i = static_cast<std::size_t>(a.by_user.indptr[user]);
    auto j = static_cast<std::size_t>(b.by_user.indptr[user]);
    const auto a_end = static_cast<std::size_t>(a.by_user.indptr[user + 1]);
    const auto b_end = static_cast<std::size_t>(b.by_user.indptr[user + 1]);
    while (i < a_end || j < b_end) {
      if (j == b_end || (i < a_end && a.by_user.ids[i] <= b.by_user.ids[j])) {
        if (j < b_end && a.by_user.ids[i] == b.by_user.ids[j]) ++j;
        append(out, a.by_user, i, a.by_user.ids[i]);
        ++i;
      } else {
        append(out, b.by_user, j, b.by_user.ids[j]);
        ++j;
      }
    }
    end_row(out);
  }
  return from_user_rows(std::move(out), a.items);
}

}  // namespace medley::data

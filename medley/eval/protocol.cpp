#include "medley/eval/protocol.h"

#include "medley/core/error.h"

#include <algorithm>
#include <string_view>

namespace medley::eval {
namespace {

constexpr std::int64_t kMaxBlockUsers = 256;
constexpr std::int64_t kMaxScoreBytes = std::int64_t{64} << 20;

void check_list(std::span<const ItemId> list, std::int32_t items, std::string_view what,
                std::string_view of) {
  for (std::size_t i = 0; i < list.size(); ++i) {
    require(list[i] >= 0 && list[i] < items, "{} of '{}': item row {} is outside [0, {})", what, of, list[i],
            items);
    require(i == 0 || list[i - 1] < list[i], "{} of '{}' must rise, got row {} after {}", what, of, list[i],
            list[i == 0 ? 0 : i - 1]);
  }
}

void check_input(std::span<const EvalUser> users, std::span<const Candidates> columns, int k,
                 std::int32_t items) {
  require(k >= 1, "the length of a list must be at least 1, got {}", k);
  for (const auto& column : columns) {
    require(!column.items.empty(), "column '{}' has no candidates", column.name);
    check_list(column.items, items, "the candidates", column.name);
  }
  for (const auto& user : users) {
    check_list(user.masked, items, "the masked items", user.id);
    check_list(user.relevant, items, "the held-out items", user.id);
  }
}

bool takes(const EvalUser& user, const Candidates& column) {
  return std::ranges::any_of(user.relevant,
                             [&](ItemId item) { return std::ranges::binary_search(column.items, item); });
}

// Where the result of a user goes in one column; -1: not part of it.
using Slots = std::vector<std::int64_t>;

}  // namespace

std::vector<std::vector<UserResult>> evaluate(std::span<const EvalUser> users,
                                              std::span<const Candidates> columns, int k,
                                              const data::IdMap& items, const ScoreBlock& score,
                                              const Services& services) {
  check_input(users, columns, k, items.size());
  std::vector<Slots> slots(columns.size(), Slots(users.size(), -1));
  std::vector<std::vector<UserResult>> results(columns.size());
  std::vector<std::size_t> scored;
  for (std::size_t u = 0; u < users.size(); ++u) {
    bool any = false;
    for (std::size_t c = 0; c < columns.size(); ++c) {
      if (!takes(users[u], columns[c])) continue;
      slots[c][u] = static_cast<std::int64_t>(results[c].size());
      results[c].emplace_back();
      any = true;
    }
    if (any) scored.push_back(u);
  }

  const auto total = static_cast<std::int64_t>(scored.size());
  const std::int64_t row_bytes = std::int64_t{4} * std::max(1, items.size());
  const auto block_users = std::clamp<std::int64_t>(kMaxScoreBytes / row_bytes, 1, kMaxBlockUsers);
  math::Matrix scores(std::min(total, block_users), items.size());
  services.progress.begin("ranking", total);
  for (std::int64_t first = 0; first < total; first += block_users) {
    services.cancel.check();
    const auto count = std::min(block_users, total - first);
    const auto block = std::span<const std::size_t>(scored).subspan(static_cast<std::size_t>(first),
                                                                    static_cast<std::size_t>(count));
    score(block, scores.view().block(0, count));
    parallel_for(services.pool, count, 4, [&](std::int64_t begin, std::int64_t end) {
      for (auto i = begin; i < end; ++i) {
        const auto u = block[static_cast<std::size_t>(i)];
        for (std::size_t c = 0; c < columns.size(); ++c) {
          if (slots[c][u] < 0) continue;
          results[c][static_cast<std::size_t>(slots[c][u])] =
              rank_user(users[u], scores.view().row(i), columns[c].items, k, items);
        }
      }
    });
    services.progress.at(first + count);
  }
  services.progress.end();
  return results;
}

}  // namespace medley::eval

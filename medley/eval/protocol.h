#pragma once

#include "medley/core/services.h"
#include "medley/eval/ranking.h"
#include "medley/math/matrix.h"

#include <functional>
#include <span>
#include <string>
#include <vector>

namespace medley::eval {

/// What may be recommended in one column of a table.
struct Candidates {
  std::string name;
  std::vector<ItemId> items;  ///< rising, distinct, not empty
};

/// Scores a block: `users` are positions in the list given to `evaluate`, `out` is [users x items] and holds
/// what the block before left in it.
using ScoreBlock = std::function<void(std::span<const std::size_t> users, math::MatrixView<float> out)>;

/// Full ranking: every user against all candidates of each column, all columns from one scoring of the items.
/// Returns one list of results a column, in the order of `users`, for those users that have a held-out item
/// among the column's candidates; users without one in any column are not scored. `k` is the length of the
/// lists. Scores take at most 64 MB (or one row), in blocks of at most 256 users; ranking is parallel over
/// the users of a block. Reports progress in users; throws `interrupted` between blocks, `invalid_argument`
/// for lists that do not rise, items outside `items`, or a held-out item that is masked, and what `rank_user`
/// and `score` throw.
std::vector<std::vector<UserResult>> evaluate(std::span<const EvalUser> users,
                                              std::span<const Candidates> columns, int k,
                                              const data::IdMap& items, const ScoreBlock& score,
                                              const Services& services);

}  // namespace medley::eval

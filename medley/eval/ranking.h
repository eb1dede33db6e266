#pragma once

#include "medley/eval/metric.h"

#include <span>
#include <string_view>

namespace medley::eval {

/// A user to be evaluated. Both lists rise and are distinct; they share no item.
struct EvalUser {
  UserId user = -1;
  std::string_view id;               ///< outside; decides between equal scores
  std::span<const ItemId> masked;    ///< never recommended: what the user is known to have
  std::span<const ItemId> relevant;  ///< held out
};

/// Ranks the candidates that are not masked. `scores` holds one number an item; `candidates` are rows of it,
/// rising. A higher score goes first; equal scores are ordered by XXH64 of user id + NUL + item id (seed 0),
/// so that neither row numbers nor popularity decide. `ranked` holds the first `k`; -infinity is never
/// listed. `relevant` are the held-out items among the candidates, `ranks` their places by the same order,
/// `beaten` their shares of the others by score alone. Throws `internal` for a score that is NaN or
/// +infinity, `invalid_argument` when a relevant item is masked.
UserResult rank_user(const EvalUser& user, std::span<const float> scores, std::span<const ItemId> candidates,
                     int k, const data::IdMap& items);

/// The items of `user.relevant` that are among `candidates`.
std::vector<ItemId> relevant_among(const EvalUser& user, std::span<const ItemId> candidates);

}  // namespace medley::eval

#pragma once

#include "medley/data/interactions.h"

#include <cstdint>
#include <span>

namespace medley::data {

/// `log` with `share` of its pairs (rounded, drawn by `seed`) given another item: a log that is wrong in
/// places. The user, value, weight, time and kind of a pair stay. The new item is drawn uniformly from the
/// items that have a user in `log` (so that an item never seen stays one), without those that the user has in
/// it or in one of `taken` (so that no held-out item is given away); a user who has them all keeps the pair.
/// What one share replaces, a larger share with the same seed replaces, too. Throws `invalid_argument` for a
/// share outside [0, 1] and for logs of other sizes.
Interactions with_random_items(const Interactions& log, double share, std::uint64_t seed,
                               std::span<const Interactions* const> taken);

/// The pairs of either; where both have one, what `a` says of it.
Interactions united(const Interactions& a, const Interactions& b);

}  // namespace medley::data

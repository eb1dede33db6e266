#pragma once

#include "medley/eval/metric.h"

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace medley::eval {

/// The slice of the items that lack a modality: the same ranked lists, with only those held-out items kept
/// whose bit in `present` (one an item, as in a FeatureTable) is off. Users left without any drop out.
/// Throws `invalid_argument` for a held-out item beyond `present`.
std::vector<UserResult> slice_lacking(std::span<const UserResult> results,
                                      std::span<const std::uint8_t> present);

/// The other side: held-out items that have the modality.
std::vector<UserResult> slice_having(std::span<const UserResult> results,
                                     std::span<const std::uint8_t> present);

/// The slice of some users, with all that they held out.
std::vector<UserResult> slice_users(std::span<const UserResult> results,
                                    const std::function<bool(UserId)>& keep);

}  // namespace medley::eval

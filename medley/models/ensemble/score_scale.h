#pragma once

#include "medley/models/recommender.h"

#include <span>

namespace medley::models {

/// Standard deviation of `scores` [items] over the items outside `history`; 0 where they are all the same.
double deviation_outside(std::span<const float> scores, std::span<const ItemId> history);

/// Standard deviation of a fitted model's scores over all users with a history in `log` (of more than 4,096,
/// a seeded draw of that many) and the items outside their histories.
double deviation_of_scores(const Recommender& model, const data::Interactions& log, const Services& services);

}  // namespace medley::models

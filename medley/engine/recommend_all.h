#pragma once

#include "medley/core/services.h"
#include "medley/data/interactions.h"
#include "medley/engine/recommend.h"

#include <cstdint>
#include <functional>
#include <string>

namespace medley::engine {

/// Takes one user's list; called from one thread, in the order of the dataset's users.
using ListSink = std::function<void(const std::string& user, const RecommendAnswer& answer)>;

/// A list for every user of `histories` (its rows are those of `dataset`), handed to `sink` as it is made.
/// Users are scored in blocks of at most 64 MB of scores, so that the memory does not grow with their number.
/// Returns how many users there were. Throws what `ListMaker` and the sink throw, and `interrupted`.
std::int64_t recommend_all(const TrainedModel& model, const data::Dataset& dataset,
                           const data::Interactions& histories, const ListOptions& options,
                           const Tables& tables, const Services& services, const ListSink& sink);

}  // namespace medley::engine

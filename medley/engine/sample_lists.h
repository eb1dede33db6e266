#pragma once

#include "medley/data/dataset.h"
#include "medley/data/interactions.h"
#include "medley/eval/metric.h"

#include <string>
#include <vector>

namespace medley::engine {

/// A user of the first run whose lists are kept to be looked at.
struct SampleUser {
  data::UserId user = -1;
  std::vector<data::ItemId> history;               ///< what models were told of the user
  std::vector<data::ItemId> held_out;              ///< among the candidates
  std::vector<std::vector<data::ItemId>> lists{};  ///< one a model, best first
};

/// `count` users of `results` with a history, chosen by the hash of their ids.
std::vector<SampleUser> sample_users(const std::vector<eval::UserResult>& results,
                                     const data::Interactions& train, const data::Dataset& dataset,
                                     int count);

/// Adds the first `k` of one more model's list to each user; a user without a result gets an empty one.
void add_lists(std::vector<SampleUser>& users, const std::vector<eval::UserResult>& results, int k);

}  // namespace medley::engine

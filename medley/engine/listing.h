#pragma once

#include "medley/engine/trained_model.h"
#include "medley/math/top_k.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace medley::engine {

/// An item in the order in which items are listed.
struct Listed {
  data::ItemId item = -1;
  double score = 0.0;
  bool silent = false;  ///< the model has nothing to say of it: the number of its users gave it its place
};

/// The order of every list: what the model speaks for, by falling score; then what it is silent about (a
/// score of exactly 0), by its number of users; then what it speaks against. Equal ones go by the tie hash of
/// user and item. `popularity` and `random` are never silent. Returns the first `k` of `candidates`; `scores`
/// holds one an item of the model.
std::vector<Listed> listed(const TrainedModel& model, const std::string& user, std::span<const float> scores,
                           std::span<const data::ItemId> candidates, int k);

/// The place of `item` in that order, from 1; `candidates` need not hold it.
int rank_of(const TrainedModel& model, const std::string& user, std::span<const float> scores,
            std::span<const data::ItemId> candidates, data::ItemId item);

/// The place that an item which the model does not know would have there: nobody chose it, its score is
/// `score`.
int rank_of_new(const TrainedModel& model, const std::string& user, std::span<const float> scores,
                std::span<const data::ItemId> candidates, const std::string& id, float score);

/// The items of the model that are in none of the lists; `allowed` is one byte an item, or empty for all.
std::vector<data::ItemId> candidates_without(const TrainedModel& model, std::span<const data::ItemId> history,
                                             std::span<const data::ItemId> excluded,
                                             std::span<const std::uint8_t> allowed);

}  // namespace medley::engine

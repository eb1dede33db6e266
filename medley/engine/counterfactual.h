#pragma once

#include "medley/engine/recommend.h"

#include <string>
#include <vector>

namespace medley::engine {

/// Which items of a history an item owes its place in the list to: without them it is not among the first k.
struct Counterfactual {
  std::vector<std::string> without;  ///< ids, largest share first; empty where none was found
  int rank_before = 0;               ///< from 1, among all items that are not in the history; 0: it is in it
  int rank_after = 0;                ///< with the history reduced; 0 where none was found
  int k = 10;
  std::string sentence;
};

/// Searches the items of the history by their share of the score: the smallest n, up to `most`, for which
/// leaving out the n largest shares puts `item` behind place k; of these every one that is not needed is put
/// back. Every rank is that of the ranking made anew from the reduced history, among the same candidates as
/// before: what is left out of the history does not become a candidate. The model must explain.
Counterfactual find_counterfactual(const TrainedModel& model, const data::Dataset& names, const Asker& asker,
                                   const std::string& item, int k, int most, ThreadPool& pool);

}  // namespace medley::engine

#pragma once

#include "medley/data/interactions.h"
#include "medley/engine/pipeline.h"
#include "medley/engine/recommend.h"
#include "medley/models/scores_new_items.h"

#include <span>
#include <string>
#include <vector>

namespace medley::engine {

/// A new item in the list of one asker.
struct NewItemRank {
  std::string id;
  double score = 0.0;
  int rank = 0;        ///< from 1, among the candidates of the list and this item
  int candidates = 0;  ///< this item included
  Reason reason = Reason::content;
  std::string sentence;
};

/// A user for whom a new item has a high score.
struct NewItemTaker {
  std::string user;
  double score = 0.0;
};

/// New items as a trained model sees them. Const and thread-safe after construction; the model and the names
/// outlive it.
class NewItems {
 public:
  /// Makes the vectors by the model's own pipeline. Throws `unsupported` for a model that cannot score what
  /// it was not fitted with, naming those that can; `invalid_argument` for no item or more than 100, for an
  /// id given twice, for one that the model knows, and what `Pipeline::transform` throws.
  NewItems(const TrainedModel& model, const data::Dataset& names, std::vector<NewItem> items,
           const Plugins& plugins, const Services& services);

  /// Where each would stand in the asker's list made with these options.
  std::vector<NewItemRank> ranks(const Asker& asker, const ListOptions& options, ThreadPool& pool) const;

  /// For each item the k users whose score for it is highest, best first; equal ones by the tie hash of item
  /// and user. `histories` is on the rows of `names`.
  std::vector<std::vector<NewItemTaker>> takers(const data::Interactions& histories, int k) const;

  const std::vector<NewItem>& items() const { return items_; }

 private:
  double score(std::size_t item, std::span<const data::ItemId> history) const;
  models::Explanation explanation(std::size_t item, std::span<const data::ItemId> history) const;

  const TrainedModel& model_;
  const data::Dataset& names_;
  std::vector<NewItem> items_;
  const models::ScoresNewItems* places_ = nullptr;
  std::vector<models::NewItemShares> shares_;
};

}  // namespace medley::engine

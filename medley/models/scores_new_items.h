#pragma once

#include "medley/core/thread_pool.h"
#include "medley/data/feature_table.h"
#include "medley/math/matrix.h"

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace medley::models {

/// What the items that a model knows, each as an item of a history, give to the scores of new ones.
struct NewItemShares {
  std::string of;       ///< the feature that it comes by
  math::Matrix values;  ///< [new items x items of the model]
};

/// A model that scores items that it was not fitted with, by their content alone. The score of new item j for
/// a history is history_factor(n) times the sum, over its n items i and over the features, of values(j, i):
/// what `score` would give had j been among the items at the fit without any event, and had the means of the
/// features and the scale of the model's terms stayed as they are.
class ScoresNewItems {
 public:
  virtual ~ScoresNewItems() = default;

  /// `features` are tables of the same new items, found by their names; those that the model does not use are
  /// left alone. Throws `not_found` for a feature of the model that is not among them, `invalid_argument` for
  /// one of another width. Memory is features x new items x items. Const and thread-safe.
  virtual std::vector<NewItemShares> new_item_shares(
      std::span<const std::shared_ptr<const data::FeatureTable>> features, ThreadPool& pool) const = 0;

  virtual double history_factor(std::size_t history) const = 0;
};

}  // namespace medley::models

#pragma once

#include "medley/data/feature_table.h"
#include "medley/data/id_map.h"

#include <memory>

namespace medley::eval {

/// The vectors of one feature, for metrics that look at how alike items are. Const and thread-safe.
class ListVectors {
 public:
  explicit ListVectors(std::shared_ptr<const data::FeatureTable> table);

  const std::string& name() const { return table_->name; }

  /// Whether the item has the feature. Throws `invalid_argument` for a row outside of the table.
  bool has(data::ItemId item) const;

  /// Cosine of two items that have it, in [-1, 1]; 0 where one is zero.
  double cosine(data::ItemId a, data::ItemId b) const;

 private:
  std::shared_ptr<const data::FeatureTable> table_;
  data::UnitRows unit_;
};

}  // namespace medley::eval

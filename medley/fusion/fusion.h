#pragma once

#include "medley/core/services.h"
#include "medley/data/feature_table.h"
#include "medley/data/item_vectors.h"

#include <memory>
#include <span>

namespace medley::fusion {

/// Joins the modalities of each item into one vector. What it does with an absent modality stands in its
/// summary.
class Fusion {
 public:
  virtual ~Fusion() = default;

  /// `tables` are of the same items. Throws `invalid_argument` when they cannot be joined (unequal item
  /// counts, as many weights as tables missing).
  virtual data::ItemVectors fuse(std::span<const std::shared_ptr<const data::FeatureTable>> tables,
                                 const Services& services) const = 0;
};

}  // namespace medley::fusion

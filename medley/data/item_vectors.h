#pragma once

#include "medley/data/feature_table.h"

#include <memory>
#include <string>
#include <vector>

namespace medley::data {

/// The vectors of each item as a model takes them: blocks side by side, [x_1 | x_2 | ...], never copied
/// together. Block m of item i is `scale_i * (row i of its table - mean)`; an absent modality is a block of
/// zeros.
struct ItemVectors {
  struct Block {
    std::string name;      ///< of the feature
    std::string modality;  ///< of the feature; a fused block names its fusion
    std::shared_ptr<const FeatureTable> table;
    math::Centering centering;

    math::CenteredRows rows() const;
  };
  std::vector<Block> blocks;

  math::Index items() const { return blocks.empty() ? 0 : blocks.front().table->items(); }
};

}  // namespace medley::data

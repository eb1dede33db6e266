#pragma once

#include "medley/data/item_vectors.h"

#include <cstddef>
#include <vector>

namespace medley::fusion {

/// `given` over its sum, or `count` equal weights where it is empty. Throws `invalid_argument` unless there
/// are `count` of them, none negative and not all 0.
std::vector<double> normalized_weights(const std::vector<double>& given, std::size_t count);

/// For each item the sum of the weights of the blocks that it has a row in (scale not 0).
std::vector<double> present_weights(const std::vector<data::ItemVectors::Block>& blocks,
                                    const std::vector<double>& weights);

/// Scales block m by sqrt(w_m), so that the inner product of two items that have every block is the weighted
/// mean of their cosines. With `renormalize` the weights of what an item lacks go to what it has: its row has
/// unit length again.
void weigh_blocks(std::vector<data::ItemVectors::Block>& blocks, const std::vector<double>& weights,
                  bool renormalize);

}  // namespace medley::fusion

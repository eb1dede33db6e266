#pragma once

#include "medley/core/services.h"
#include "medley/fusion/blocks.h"

namespace medley::fusion {

/// For every item the ridge prediction [items x columns] of its row in block `missing` from its rows in the
/// other blocks (zero where it lacks them) and a constant: W = (Z'Z + ridge I)^-1 Z'T over the items that
/// have the block. Throws `limit` when the others have more than 8192 columns together.
math::Matrix predicted_rows(const Blocks& blocks, std::size_t missing, double ridge,
                            const Services& services);

}  // namespace medley::fusion

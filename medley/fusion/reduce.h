#pragma once

#include "medley/core/services.h"
#include "medley/fusion/blocks.h"

#include <cstdint>

namespace medley::fusion {

/// The block in `dim` columns: its rows times its leading right singular vectors (its principal components,
/// as the rows are centred before they are brought to unit length and not again). Columns beyond the rank of
/// the rows are 0. Throws `invalid_argument` when the block has fewer than `dim` columns.
Block reduced(const Block& block, int dim, std::uint64_t seed, const Services& services);

/// Turns the rows of `block` so that they come nearest to those of `onto`, over the items that have both
/// (orthogonal Procrustes); cosines within the block stay. Both have equally many columns. Left as it is
/// where no item has both.
Block turned_onto(const Block& onto, const Block& block);

/// [X_1 | X_2 | ...] in at most `dim` columns, those of its leading singular vectors; fewer where its rank is
/// smaller. An item without any row has zeros.
math::Matrix reduced_together(const Blocks& blocks, int dim, std::uint64_t seed, const Services& services);

}  // namespace medley::fusion

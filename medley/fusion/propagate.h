#pragma once

#include "medley/core/services.h"
#include "medley/fusion/blocks.h"

#include <cstdint>
#include <vector>

namespace medley::fusion {

/// For each item that lacks block `missing` its nearest items, at most `count`, by the sum of the cosines in
/// the other blocks, best first and only those above 0; other items have none. Ties go by row number. Holds
/// 256 rows of similarities.
std::vector<std::vector<std::int32_t>> nearest_by_others(const Blocks& blocks, std::size_t missing, int count,
                                                         const Services& services);

/// Fills the rows that are absent in `rows` [items x columns]: `hops` times the mean of the neighbours' rows.
/// Rows that are there stay as they are.
void propagate(math::Matrix& rows, const std::vector<std::vector<std::int32_t>>& neighbors,
               std::vector<bool> there, int hops);

}  // namespace medley::fusion

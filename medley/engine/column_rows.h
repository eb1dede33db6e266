#pragma once

#include "medley/core/services.h"
#include "medley/engine/row_cache.h"
#include "medley/features/extractor.h"

#include <cstdint>

namespace medley::engine {

/// Rows of a per-item extractor of texts, categories or numbers.
struct ColumnRows {
  features::Vectors vectors;
  std::int64_t computed = 0;
  std::int64_t reused = 0;
};

/// One row an item; only items whose material is not in `cache` are given to the extractor, block by block,
/// and their rows go to the cache after each block, so that a catalogue that grew costs what is new in it. Of
/// an extractor whose rows are sparse nothing is kept.
ColumnRows column_rows(const features::ItemBlocks& items, const features::Extractor& extractor,
                       RowCache& cache, const Services& services);

}  // namespace medley::engine

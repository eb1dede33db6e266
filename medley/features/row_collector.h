#pragma once

#include "medley/features/extractor.h"
#include "medley/features/row_spool.h"

#include <cstddef>
#include <optional>

namespace medley::features {

/// Puts the rows of an extractor's blocks below each other. Memory beside the table: a block, and for sparse
/// rows what a `RowSpool` holds.
class RowCollector {
 public:
  /// `items`: rows in all.
  explicit RowCollector(std::size_t items);

  /// The rows of items `first`, `first + 1`, ...; blocks come in their order, rows of one type and length.
  void add(Vectors block, std::size_t first);

  /// Call once, after all rows.
  Vectors take() &&;

 private:
  Vectors all_;
  bool whole_ = false;  ///< one block had all rows
  std::optional<RowSpool> sparse_;
};

}  // namespace medley::features

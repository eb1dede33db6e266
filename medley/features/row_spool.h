#pragma once

#include "medley/core/spool.h"
#include "medley/math/csr.h"

#include <cstdint>
#include <functional>
#include <vector>

namespace medley::features {

/// Sparse rows that are written block by block and read as often as wanted; in memory are where they begin
/// and what two `Spool`s hold.
class RowSpool {
 public:
  /// Rows below those that are there; of one length.
  void add(const math::CsrView& block);

  math::Index rows() const { return static_cast<math::Index>(indptr_.size()) - 1; }
  math::Index cols() const { return cols_; }

  /// Hands all rows out, in their order, at most 8192 rows and, but for a longer row, a million numbers at a
  /// time; a view is valid during the call.
  void for_each(const std::function<void(const math::CsrView& block, math::Index first)>& use) const;

  /// All rows at once.
  math::Csr whole() const;

 private:
  /// At most `rows` rows from `first` on that hold `numbers` numbers, and one in any case.
  math::Csr read(math::Index first, math::Index rows, std::int64_t numbers) const;

  math::Index cols_ = 0;
  std::vector<std::int64_t> indptr_{0};
  Spool indices_;
  Spool values_;
};

}  // namespace medley::features

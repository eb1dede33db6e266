#pragma once

#include "medley/data/interactions.h"
#include "medley/math/csr.h"
#include "medley/models/stored.h"

#include <vector>

namespace medley::models {

/// P = Rn' Rn [items x items] with Rn = D_u^-a R D_i^-b, R the binary users x items and D its row and column
/// sums. P is never formed: it is applied as two sparse products. Const and thread-safe.
class Propagation {
 public:
  Propagation() = default;
  Propagation(const data::Interactions& interactions, double a, double b);

  math::Index users() const { return normalized_.view().rows; }
  math::Index items() const { return normalized_.view().cols; }

  /// next [B x items] = current [B x items] * P, by way of `between` [B x users]; both are overwritten. A row
  /// comes out the same whatever stands beside it.
  void step(math::MatrixView<const float> current, math::MatrixView<float> between,
            math::MatrixView<float> next, ThreadPool& pool) const;

  /// Row `item` of P^1 ... P^powers, in double.
  std::vector<std::vector<double>> rows_of_powers(data::ItemId item, std::size_t powers) const;

  void save(ArchiveWriter& out) const { normalized_.save(out, "normalized"); }
  void load(const ArchiveReader& in) { normalized_ = StoredCsr::load(in, "normalized"); }

 private:
  StoredCsr normalized_;  ///< Rn
};

}  // namespace medley::models

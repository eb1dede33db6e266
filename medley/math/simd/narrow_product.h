#pragma once

#include "medley/math/matrix.h"

#include <vector>

namespace medley::math::simd {

/// C = A B for a B of few columns that is used again and again, such as a DCT: B is laid out once for the
/// kernel. For large matrices BLAS is faster. Const and thread-safe.
class NarrowProduct {
 public:
  /// `b` is [k x n].
  explicit NarrowProduct(MatrixView<const float> b);

  Index inner() const { return inner_; }
  Index cols() const { return cols_; }

  /// `a` is [m x k], `c` [m x n]; they do not overlap. Each entry is added up in order, |error| <= k 2^-24
  /// sum |a b|.
  void multiply(MatrixView<const float> a, MatrixView<float> c) const;

 private:
  Index inner_;
  Index cols_;
  /// Columns in panels of kPanel, each [k x kPanel], the last one padded with zeros.
  std::vector<float> panels_;
};

}  // namespace medley::math::simd

#pragma once

#include "medley/core/error.h"
#include "medley/math/matrix.h"

#include <algorithm>
#include <limits>

namespace medley::math {

/// `value` as BLAS and LAPACK count. Throws `limit` when it does not fit.
inline int blas_int(Index value) {
  if (value > std::numeric_limits<int>::max())
    fail(ErrorCode::limit, "a matrix side of {} is above the limit of BLAS, {}", value,
         std::numeric_limits<int>::max());
  return static_cast<int>(value);
}

/// The distance of the rows of `m`, 1 for a matrix without columns, as BLAS wants it.
template <class T>
int leading_dimension(const MatrixView<T>& m) {
  return blas_int(std::max<Index>(1, m.stride()));
}

}  // namespace medley::math

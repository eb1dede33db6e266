#include "medley/math/procrustes.h"

#include "medley/core/error.h"
#include "medley/math/dense.h"

#include <lapacke.h>

#include <algorithm>
#include <utility>
#include <vector>

namespace medley::math {
namespace {

MatrixF64 identity(Index size) {
  MatrixF64 out(size, size);
  for (Index i = 0; i < size; ++i) out(i, i) = 1;
  return out;
}

// from' to, in double.
MatrixF64 cross_products(MatrixView<const float> from, MatrixView<const float> to) {
  MatrixF64 out(from.cols(), to.cols());
  for (Index n = 0; n < from.rows(); ++n)
    for (Index i = 0; i < from.cols(); ++i)
      for (Index j = 0; j < to.cols(); ++j)
        out(i, j) += static_cast<double>(from(n, i)) * static_cast<double>(to(n, j));
  return out;
}

}  // namespace

MatrixF64 orthogonal_procrustes(MatrixView<const float> from, MatrixView<const float> to) {
  require(from.rows() == to.rows() && from.cols() == to.cols(),
          "rows of [{} x {}] cannot be turned onto [{} x {}]", from.rows(), from.cols(), to.rows(),
          to.cols());
  const Index d = from.cols();
  auto product = cross_products(from, to);
  if (std::all_of(product.data(), product.data() + d * d, [](double value) { return value == 0; }))
    return identity(d);
  MatrixF64 u(d, d), vt(d, d), out(d, d);
  std::vector<double> s(static_cast<std::size_t>(d));
  const auto size = static_cast<lapack_int>(d);
  const auto info = LAPACKE_dgesdd(LAPACK_ROW_MAJOR, 'S', size, size, product.data(), size, s.data(),
                                   u.data(), size, vt.data(), size);
  if (info != 0) fail(ErrorCode::internal, "procrustes: the decomposition failed with LAPACK code {}", info);
  gemm(std::as_const(u).view(), Transpose::no, std::as_const(vt).view(), Transpose::no, out.view());
  return out;
}

}  // namespace medley::math

#pragma once

#include "medley/math/matrix.h"

#include <span>

namespace medley::math {

/// While it lives, BLAS and LAPACK calls of this thread stay on this thread: what a body of `parallel_for`
/// that calls `gram_of_rows`, `gram_of_columns` or `solve_spd` opens with.
class SerialBlas {
 public:
  SerialBlas();
  ~SerialBlas();
  SerialBlas(const SerialBlas&) = delete;
  SerialBlas& operator=(const SerialBlas&) = delete;

 private:
  int threads_;
};

/// out [rows x rows] = a a', out [cols x cols] = scale a' a: **the upper triangle only**. Throws
/// `invalid_argument` when the shapes do not fit.
void gram_of_rows(MatrixView<const float> a, MatrixView<float> out);
void gram_of_rows(MatrixView<const double> a, MatrixView<double> out);
void gram_of_columns(MatrixView<const float> a, MatrixView<float> out, float scale = 1.0f);
void gram_of_columns(MatrixView<const double> a, MatrixView<double> out, double scale = 1.0);

/// b = a^-1 b by Cholesky; `a` is given by its upper triangle and overwritten. False, and b is of no use,
/// when `a` is not positive definite or holds NaN.
[[nodiscard]] bool solve_spd(MatrixView<float> a, std::span<float> b);
[[nodiscard]] bool solve_spd(MatrixView<double> a, std::span<double> b);

/// Eigenvalues of the symmetric `a` (upper triangle given), rising, into `values`; row k of `a` becomes the
/// unit eigenvector of value k. Throws `invalid_argument` for shapes that do not fit and for NaN.
void eigen_symmetric(MatrixView<float> a, std::span<float> values);

}  // namespace medley::math

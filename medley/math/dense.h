#pragma once

#include "medley/math/matrix.h"

#include <span>

namespace medley::math {

enum class Transpose { no, yes };

/// c = alpha op(a) op(b) + beta c, by BLAS (its own threads). Throws `invalid_argument` when the shapes do
/// not fit. Not inside `parallel_for`: BLAS brings its own threads.
void gemm(MatrixView<const float> a, Transpose ta, MatrixView<const float> b, Transpose tb,
          MatrixView<float> c, float alpha = 1.0f, float beta = 0.0f);
void gemm(MatrixView<const double> a, Transpose ta, MatrixView<const double> b, Transpose tb,
          MatrixView<double> c, double alpha = 1.0, double beta = 0.0);

/// Replaces the symmetric positive definite `a` (both triangles given) by its inverse (both triangles set),
/// in place. Throws `invalid_argument` when `a` is not positive definite.
void invert_spd(MatrixView<float> a);
void invert_spd(MatrixView<double> a);

/// Copies the upper triangle of the square `a` onto the lower one.
void mirror_upper(MatrixView<float> a);
void mirror_upper(MatrixView<double> a);

/// Dot product, accumulated in double.
double dot(std::span<const float> a, std::span<const float> b);

/// to += weight * from; the two do not overlap. Safe inside `parallel_for`, as `dot` and `norm` are.
void add_scaled(float weight, std::span<const float> from, std::span<float> to);

/// Euclidean length, accumulated in double.
double norm(std::span<const float> a);

}  // namespace medley::math

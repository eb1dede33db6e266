#pragma once

#include "medley/core/thread_pool.h"
#include "medley/math/csr.h"
#include "medley/math/matrix.h"

#include <optional>
#include <span>
#include <vector>

namespace medley::math {

/// A tall matrix X [rows x cols] whose rows are `scale_i * (x_i - mean)`, kept without making a sparse `x`
/// dense: exactly one of `dense` and `sparse` holds x. Rows with scale 0 are zero (an absent modality).
/// Column indices of `sparse` rise within a row. Views only: the owner of the arrays outlives it.
struct CenteredRows {
  MatrixView<const float> dense;
  std::optional<CsrView> sparse;
  std::span<const float> mean;   ///< cols, or empty for no centring
  std::span<const float> scale;  ///< rows

  Index rows() const { return sparse ? sparse->rows : dense.rows(); }
  Index cols() const { return sparse ? sparse->cols : dense.cols(); }
};

/// out [B x cols] = sparse weights h [B x rows] * X. Parallel over B.
void weighted_sum(const CsrView& weights, const CenteredRows& x, MatrixView<float> out, ThreadPool& pool);

/// out [B x rows] += factor * profiles [B x cols] * X'. Parallel over B, or by BLAS; holds 128 rows of
/// products beside `out`.
void add_inner_products(MatrixView<const float> profiles, const CenteredRows& x, float factor,
                        MatrixView<float> out, ThreadPool& pool);

/// out [rows x n] = X * dense [cols x n]. Overwrites `out`. Parallel over rows, or by BLAS. The numbers of a
/// dense row with scale 0 are read, and must be finite.
void multiply(const CenteredRows& x, MatrixView<const float> dense, MatrixView<float> out, ThreadPool& pool);

/// out [cols x n] = X' * dense [rows x n]; as `multiply`. Holds a scaled copy of `dense`, and of a sparse x
/// its transpose.
void multiply_transposed(const CenteredRows& x, MatrixView<const float> dense, MatrixView<float> out,
                         ThreadPool& pool);

/// <X_i, X_j> in double.
double inner_product(const CenteredRows& x, Index i, Index j);

/// Row i of X, dense.
std::vector<float> row_of(const CenteredRows& x, Index i);

/// What `CenteredRows` needs for rows of unit length: the mean over the rows that are present, and 1 / |x_i -
/// mean| (0 for absent rows and for rows equal to the mean).
struct Centering {
  std::vector<float> mean;
  std::vector<float> scale;
};

/// `present` is one byte a row, or empty when all are. A row is taken as equal to the mean when it is within
/// 1e-6 of it, relative to their lengths. `centre` false: mean stays empty, and scale is 1 / |x_i|. Throws
/// `corrupt_data` for a present row with a number that is not finite.
Centering unit_rows(const MatrixView<const float>& x, std::span<const std::uint8_t> present,
                    bool centre = true);
Centering unit_rows(const CsrView& x, std::span<const std::uint8_t> present, bool centre = true);

}  // namespace medley::math

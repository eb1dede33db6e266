#pragma once

#include "medley/core/thread_pool.h"
#include "medley/math/centered_rows.h"
#include "medley/math/csr.h"
#include "medley/math/matrix.h"

#include <cstdint>
#include <span>
#include <vector>

namespace medley::math {

/// The leading part of A = U S V': A is about u * diag(s) * v'.
struct Svd {
  Matrix u;               ///< [rows x rank], orthonormal columns
  std::vector<double> s;  ///< falling
  /// [cols x rank], orthonormal columns; the entry of largest magnitude of each column is positive.
  Matrix v;
};

struct SvdOptions {
  int rank = 128;
  int oversampling = 16;
  int iterations = 6;
  std::uint64_t seed = 1;
};

/// Truncated SVD of a sparse matrix by randomised subspace iteration (Halko, Martinsson, Tropp, SIAM Review
/// 2011, alg. 4.4) in float. The rank is cut to min(rows, cols). Components with a singular value below 1e-5
/// of the largest are rounding and dropped, so the result may be shorter than `rank`; an all-zero matrix
/// gives rank 0. Memory: (rows + cols) x (rank + oversampling) floats, twice, and a transposed copy of the
/// matrix. Same seed and thread count: same result. Throws `corrupt_data` for a value that is not finite. Not
/// inside `parallel_for`.
Svd truncated_svd(const CsrView& matrix, const SvdOptions& options, ThreadPool& pool);

/// The same of [X_1 | X_2 | ...], blocks of equally many rows side by side, none of them copied. Its numbers
/// must be finite.
Svd truncated_svd(std::span<const CenteredRows> blocks, const SvdOptions& options, ThreadPool& pool);

}  // namespace medley::math

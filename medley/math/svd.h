#pragma once

#include "medley/core/thread_pool.h"
#include "medley/math/centered_rows.h"
#include "medley/math/csr.h"
#include "medley/math/matrix.h"

#include <cstdint>
#include <functional>
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

/// Truncated SVD of A = [X_1 | X_2 | ...], blocks of equally many rows side by side, none of them copied, by
/// randomised subspace iteration (Halko, Martinsson, Tropp, SIAM Review 2011, alg. 4.4) in float. The rank is
/// cut to min(rows, cols). Components with a singular value below 1e-5 of the largest are rounding and
/// dropped, so the result may be shorter than `rank`; an all-zero matrix gives rank 0. Memory: (rows + cols)
/// x (rank + oversampling) floats, twice. Same seed and thread count: same result. Numbers must be finite.
/// Not inside `parallel_for`.
Svd truncated_svd(std::span<const CenteredRows> blocks, const SvdOptions& options, ThreadPool& pool);

/// Hands the rows of a matrix to a sink, some at a time, in their order, the same each time.
using RowBlocks = std::function<void(const std::function<void(const CsrView& block)>& sink)>;

/// The singular values and the right singular vectors alone.
struct RightSvd {
  std::vector<double> s;  ///< falling
  Matrix v;               ///< as in `Svd`
};

/// Those of a sparse matrix [rows x cols] that need not be in memory: subspace iteration on A'A, and the
/// triangle of A V block by block, which gives the values without squaring them. Reads the rows
/// `iterations` + 3 times. Memory: (cols + the rows of a block) x (rank + oversampling) floats, three times.
/// As `truncated_svd`, but for vectors of singular values below about 3e-4 of the largest, which are less
/// exact. Throws `corrupt_data` naming the row of a value that is not finite.
RightSvd right_svd(Index rows, Index cols, const RowBlocks& matrix, const SvdOptions& options,
                   ThreadPool& pool);

}  // namespace medley::math

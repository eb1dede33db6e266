#pragma once

#include "medley/core/thread_pool.h"
#include "medley/math/matrix.h"

#include <cstdint>
#include <span>
#include <vector>

namespace medley::math {

/// A sparse matrix in compressed rows that somebody else owns (a `Csr`, or arrays of a mapped file):
/// row i holds `indices[k], values[k]` for k in [indptr[i], indptr[i+1]).
struct CsrView {
  Index rows = 0;
  Index cols = 0;
  std::span<const std::int64_t> indptr;  ///< rows + 1 entries, from 0, never falling
  std::span<const std::int32_t> indices;
  std::span<const float> values;

  std::int64_t nonzeros() const { return indptr.empty() ? 0 : indptr[static_cast<std::size_t>(rows)]; }
  std::span<const std::int32_t> row_indices(Index i) const { return slice(indices, i); }
  std::span<const float> row_values(Index i) const { return slice(values, i); }

 private:
  template <class T>
  std::span<const T> slice(std::span<const T> all, Index i) const {
    const auto begin = static_cast<std::size_t>(indptr[static_cast<std::size_t>(i)]);
    const auto end = static_cast<std::size_t>(indptr[static_cast<std::size_t>(i) + 1]);
    return all.subspan(begin, end - begin);
  }
};

/// Owns what a `CsrView` shows. Column indices rise strictly within a row.
struct Csr {
  Index rows = 0;
  Index cols = 0;
  std::vector<std::int64_t> indptr{0};
  std::vector<std::int32_t> indices;
  std::vector<float> values;

  CsrView view() const { return {rows, cols, indptr, indices, values}; }
};

/// Throws `corrupt_data` unless the arrays fit together: lengths, rising indptr, indices in [0, cols).
/// `name` opens the message.
void check_csr(const CsrView& matrix, const char* name);

Csr transpose(const CsrView& matrix);

/// Sum of the values of each row / each column.
std::vector<double> row_sums(const CsrView& matrix);
std::vector<double> column_sums(const CsrView& matrix);

/// A copy with value (i, j) multiplied by rows[i] * cols[j].
Csr scaled(const CsrView& matrix, std::span<const double> rows, std::span<const double> cols);

/// out [B x cols] = dense [B x rows] * sparse [rows x cols]; `out` is overwritten. Parallel over rows of
/// `dense`; zeros of `dense` cost little, and a row's result does not depend on the rows beside it.
void multiply(MatrixView<const float> dense, const CsrView& sparse, MatrixView<float> out, ThreadPool& pool);

/// out [B x sparse.rows] = dense [B x cols] * sparse' ; `out` is overwritten. Parallel over rows of `dense`.
void multiply_transposed(MatrixView<const float> dense, const CsrView& sparse, MatrixView<float> out,
                         ThreadPool& pool);

/// out [rows x n] = sparse [rows x cols] * dense [cols x n]; `out` is overwritten. Parallel over rows of
/// `sparse`.
void multiply(const CsrView& sparse, MatrixView<const float> dense, MatrixView<float> out, ThreadPool& pool);

/// out [cols x cols] = sparse' * sparse, dense and exactly symmetric. Parallel over columns. Column indices
/// must rise within a row. Sums are in float: exact for whole numbers up to 2^24.
void gram(const CsrView& sparse, MatrixView<float> out, ThreadPool& pool);

}  // namespace medley::math

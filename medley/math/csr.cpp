#include "medley/math/csr.h"

#include "medley/core/error.h"
#include "medley/math/dense.h"

#include <algorithm>
#include <limits>

namespace medley::math {
namespace {

// Rows that a thread takes at a time: few, since their cost differs a lot.
constexpr std::int64_t kGrain = 4;

void require_shape(MatrixView<float> out, Index rows, Index cols) {
  require(out.rows() == rows && out.cols() == cols, "the result is [{} x {}], its place [{} x {}]", rows,
          cols, out.rows(), out.cols());
}

void add_scattered(float weight, std::span<const std::int32_t> indices, std::span<const float> values,
                   float* out) {
  for (std::size_t k = 0; k < indices.size(); ++k) out[indices[k]] += weight * values[k];
}

// Eight rows of a dense matrix side by side: one walk over the sparse matrix serves them all, with every
// scattered or gathered address good for eight numbers. Sums run in the same order as for a row alone, so the
// result does not depend on how rows were batched.
constexpr Index kLanes = 8;
struct alignas(32) Lanes {
  float at[kLanes];
};

void add_to_lanes(const Lanes& weight, float value, Lanes& sum) {
  for (Index lane = 0; lane < kLanes; ++lane) sum.at[lane] += weight.at[lane] * value;
}

Lanes column(MatrixView<const float> rows, Index i) {
  Lanes out;
  for (Index lane = 0; lane < kLanes; ++lane) out.at[lane] = rows.data()[lane * rows.stride() + i];
  return out;
}

void scatter_lanes(MatrixView<const float> dense, const CsrView& sparse, MatrixView<float> out) {
  std::vector<Lanes> sums(at(sparse.cols), Lanes{});
  for (Index i = 0; i < sparse.rows; ++i) {
    const Lanes weight = column(dense, i);
    // Histories are mostly zeros.
    if (std::ranges::all_of(weight.at, [](float w) { return w == 0; })) continue;
    const auto indices = sparse.row_indices(i);
    const auto values = sparse.row_values(i);
    for (std::size_t k = 0; k < indices.size(); ++k) add_to_lanes(weight, values[k], sums[at(indices[k])]);
  }
  for (Index lane = 0; lane < kLanes; ++lane)
    std::ranges::transform(sums, out.row(lane).begin(), [&](const Lanes& sum) { return sum.at[lane]; });
}

void scatter_row(std::span<const float> dense, const CsrView& sparse, std::span<float> out) {
  std::ranges::fill(out, 0.0f);
  for (Index i = 0; i < sparse.rows; ++i)
    if (const float weight = dense[at(i)]; weight != 0)
      add_scattered(weight, sparse.row_indices(i), sparse.row_values(i), out.data());
}

void gather_lanes(MatrixView<const float> dense, const CsrView& sparse, MatrixView<float> out) {
  std::vector<Lanes> columns(at(sparse.cols));
  for (Index j = 0; j < sparse.cols; ++j) columns[at(j)] = column(dense, j);
  for (Index i = 0; i < sparse.rows; ++i) {
    const auto indices = sparse.row_indices(i);
    const auto values = sparse.row_values(i);
    Lanes sum{};
    for (std::size_t k = 0; k < indices.size(); ++k) add_to_lanes(columns[at(indices[k])], values[k], sum);
    for (Index lane = 0; lane < kLanes; ++lane) out(lane, i) = sum.at[lane];
  }
}

void gather_row(std::span<const float> dense, const CsrView& sparse, std::span<float> out) {
  for (Index i = 0; i < sparse.rows; ++i) {
    const auto indices = sparse.row_indices(i);
    const auto values = sparse.row_values(i);
    float sum = 0;
    for (std::size_t k = 0; k < indices.size(); ++k) sum += dense[at(indices[k])] * values[k];
    out[at(i)] = sum;
  }
}

}  // namespace

void check_csr(const CsrView& matrix, const char* name) {
  constexpr Index kMaxCols = Index{std::numeric_limits<std::int32_t>::max()} + 1;
  if (matrix.rows < 0 || matrix.cols < 0 || matrix.cols > kMaxCols)
    fail(ErrorCode::corrupt_data, "{}: a shape of [{} x {}] is not possible", name, matrix.rows, matrix.cols);
  if (matrix.indptr.size() != at(matrix.rows) + 1)
    fail(ErrorCode::corrupt_data, "{}: {} row offsets for {} rows, expected one more than rows", name,
         matrix.indptr.size(), matrix.rows);
  if (matrix.indptr.front() != 0)
    fail(ErrorCode::corrupt_data, "{}: the first row begins at {}, expected 0", name, matrix.indptr.front());
  for (std::size_t i = 1; i < matrix.indptr.size(); ++i)
    if (matrix.indptr[i] < matrix.indptr[i - 1])
      fail(ErrorCode::corrupt_data, "{}: row {} ends at {}, before its begin {}", name, i - 1,
           matrix.indptr[i], matrix.indptr[i - 1]);
  const auto nonzeros = at(matrix.indptr.back());
  if (matrix.indices.size() != nonzeros || matrix.values.size() != nonzeros)
    fail(ErrorCode::corrupt_data, "{}: {} column numbers and {} values, the row offsets promise {}", name,
         matrix.indices.size(), matrix.values.size(), nonzeros);
  for (const auto index : matrix.indices)
    if (index < 0 || index >= matrix.cols)
      fail(ErrorCode::corrupt_data, "{}: column number {} is outside of [0, {})", name, index, matrix.cols);
}

Csr transpose(const CsrView& matrix) {
  Csr out;
  out.rows = matrix.cols;
  out.cols = matrix.rows;
  out.indptr.assign(at(out.rows) + 1, 0);
  out.indices.resize(at(matrix.nonzeros()));
  out.values.resize(at(matrix.nonzeros()));
  for (const auto column : matrix.indices.first(out.indices.size())) ++out.indptr[at(column) + 1];
  for (std::size_t i = 1; i < out.indptr.size(); ++i) out.indptr[i] += out.indptr[i - 1];
  std::vector<std::int64_t> next(out.indptr.begin(), out.indptr.end() - 1);
  for (Index i = 0; i < matrix.rows; ++i) {
    const auto indices = matrix.row_indices(i);
    const auto values = matrix.row_values(i);
    for (std::size_t k = 0; k < indices.size(); ++k) {
      const auto place = at(next[at(indices[k])]++);
      out.indices[place] = static_cast<std::int32_t>(i);
      out.values[place] = values[k];
    }
  }
  return out;
}

std::vector<double> row_sums(const CsrView& matrix) {
  std::vector<double> sums(at(matrix.rows));
  for (Index i = 0; i < matrix.rows; ++i)
    for (const float value : matrix.row_values(i)) sums[at(i)] += static_cast<double>(value);
  return sums;
}

std::vector<double> column_sums(const CsrView& matrix) {
  std::vector<double> sums(at(matrix.cols));
  for (std::size_t k = 0; k < at(matrix.nonzeros()); ++k)
    sums[at(matrix.indices[k])] += static_cast<double>(matrix.values[k]);
  return sums;
}

Csr scaled(const CsrView& matrix, std::span<const double> rows, std::span<const double> cols) {
  require(rows.size() == at(matrix.rows) && cols.size() == at(matrix.cols),
          "{} row and {} column factors for a matrix of [{} x {}]", rows.size(), cols.size(), matrix.rows,
          matrix.cols);
  Csr out;
  out.rows = matrix.rows;
  out.cols = matrix.cols;
  out.indptr.assign(matrix.indptr.begin(), matrix.indptr.end());
  out.indices.assign(matrix.indices.begin(), matrix.indices.end());
  out.values.reserve(out.indices.size());
  for (Index i = 0; i < matrix.rows; ++i) {
    const auto indices = matrix.row_indices(i);
    const auto values = matrix.row_values(i);
    for (std::size_t k = 0; k < indices.size(); ++k)
      out.values.push_back(
          static_cast<float>(static_cast<double>(values[k]) * rows[at(i)] * cols[at(indices[k])]));
  }
  return out;
}

void multiply(MatrixView<const float> dense, const CsrView& sparse, MatrixView<float> out, ThreadPool& pool) {
  require(dense.cols() == sparse.rows, "matrix product of [{} x {}] and [{} x {}]", dense.rows(),
          dense.cols(), sparse.rows, sparse.cols);
  require_shape(out, dense.rows(), sparse.cols);
  parallel_for(pool, dense.rows(), kLanes, [&](Index begin, Index end) {
    if (end - begin == kLanes)
      return scatter_lanes(dense.block(begin, kLanes), sparse, out.block(begin, kLanes));
    for (Index b = begin; b < end; ++b) scatter_row(dense.row(b), sparse, out.row(b));
  });
}

void multiply_transposed(MatrixView<const float> dense, const CsrView& sparse, MatrixView<float> out,
                         ThreadPool& pool) {
  require(dense.cols() == sparse.cols, "matrix product of [{} x {}] and the transpose of [{} x {}]",
          dense.rows(), dense.cols(), sparse.rows, sparse.cols);
  require_shape(out, dense.rows(), sparse.rows);
  parallel_for(pool, dense.rows(), kLanes, [&](Index begin, Index end) {
    if (end - begin == kLanes)
      return gather_lanes(dense.block(begin, kLanes), sparse, out.block(begin, kLanes));
    for (Index b = begin; b < end; ++b) gather_row(dense.row(b), sparse, out.row(b));
  });
}

void multiply(const CsrView& sparse, MatrixView<const float> dense, MatrixView<float> out, ThreadPool& pool) {
  require(sparse.cols == dense.rows(), "matrix product of [{} x {}] and [{} x {}]", sparse.rows, sparse.cols,
          dense.rows(), dense.cols());
  require_shape(out, sparse.rows, dense.cols());
  parallel_for(pool, sparse.rows, kGrain, [&](Index begin, Index end) {
    for (Index i = begin; i < end; ++i) {
      const auto to = out.row(i);
      std::ranges::fill(to, 0.0f);
      const auto indices = sparse.row_indices(i);
      const auto values = sparse.row_values(i);
      for (std::size_t k = 0; k < indices.size(); ++k) add_scaled(values[k], dense.row(indices[k]), to);
    }
  });
}

void gram(const CsrView& sparse, MatrixView<float> out, ThreadPool& pool) {
  require_shape(out, sparse.cols, sparse.cols);
  const Csr by_column = transpose(sparse);
  const CsrView columns = by_column.view();
  parallel_for(pool, sparse.cols, kGrain, [&](Index begin, Index end) {
    for (Index i = begin; i < end; ++i) {
      std::ranges::fill(out.row(i), 0.0f);
      const auto rows = columns.row_indices(i);
      const auto weights = columns.row_values(i);
      for (std::size_t k = 0; k < rows.size(); ++k) {
        // Only the upper triangle is computed; the indices rise, so it begins where i stands.
        const auto indices = sparse.row_indices(rows[k]);
        const auto from = std::ranges::lower_bound(indices, static_cast<std::int32_t>(i)) - indices.begin();
        add_scattered(weights[k], indices.subspan(at(from)), sparse.row_values(rows[k]).subspan(at(from)),
                      out.row(i).data());
      }
    }
  });
  mirror_upper(out);
}

}  // namespace medley::math

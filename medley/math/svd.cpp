#include "medley/math/svd.h"

#include "medley/core/error.h"
#include "medley/core/rng.h"
#include "medley/math/dense.h"

#include <lapacke.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace medley::math {
namespace {

// Below this part of the largest singular value a component is rounding of the float products.
constexpr double kNoise = 1e-5;

void check_lapack(lapack_int info, const char* step) {
  if (info != 0) fail(ErrorCode::internal, "svd: {} failed with LAPACK code {}", step, info);
}

lapack_int as_lapack(Index value) {
  return static_cast<lapack_int>(value);
}

// The largest magnitude.
float largest_value(const RowBlocks& matrix) {
  float largest = 0;
  Index first = 0;
  matrix([&](const CsrView& block) {
    for (Index i = 0; i < block.rows; ++i) {
      for (const float value : block.row_values(i)) {
        if (!std::isfinite(value)) fail(ErrorCode::corrupt_data, "svd: row {} holds {}", first + i, value);
        largest = std::max(largest, std::abs(value));
      }
    }
    first += block.rows;
  });
  return largest;
}

// R of a [n x l] = Q R, n >= l. `a` becomes the reflections that Q is made of, with `tau`.
MatrixF64 factorise(Matrix& a, std::vector<float>& tau) {
  const auto l = as_lapack(a.cols());
  tau.resize(static_cast<std::size_t>(l));
  check_lapack(LAPACKE_sgeqrf(LAPACK_ROW_MAJOR, as_lapack(a.rows()), l, a.data(), l, tau.data()),
               "the QR factorisation");
  MatrixF64 triangle(a.cols(), a.cols());
  for (Index i = 0; i < a.cols(); ++i)
    for (Index j = i; j < a.cols(); ++j) triangle(i, j) = static_cast<double>(a(i, j));
  return triangle;
}

// Replaces the columns of `a` [n x l], n >= l, by an orthonormal basis that spans them, and returns R. Of a
// rank below l the basis is filled up: Householder reflections give orthonormal columns whatever the rank.
MatrixF64 orthonormalise(Matrix& a) {
  std::vector<float> tau;
  auto triangle = factorise(a, tau);
  const auto l = as_lapack(a.cols());
  check_lapack(LAPACKE_sorgqr(LAPACK_ROW_MAJOR, as_lapack(a.rows()), l, l, a.data(), l, tau.data()),
               "the QR factorisation");
  return triangle;
}

// a = u diag(s) vt for a square `a`, which is destroyed.
struct SmallSvd {
  MatrixF64 u;
  std::vector<double> s;
  MatrixF64 vt;
};

SmallSvd decompose(MatrixF64& a) {
  const auto n = as_lapack(a.rows());
  SmallSvd out{MatrixF64(n, n), std::vector<double>(static_cast<std::size_t>(n)), MatrixF64(n, n)};
  check_lapack(LAPACKE_dgesdd(LAPACK_ROW_MAJOR, 'S', n, n, a.data(), n, out.s.data(), out.u.data(), n,
                              out.vt.data(), n),
               "the decomposition of the projected matrix");
  return out;
}

// basis [n x l] times the first `rank` columns of `rotation` [l x l], or of its transpose.
Matrix rotate(const Matrix& basis, const MatrixF64& rotation, bool transposed, Index rank) {
  Matrix leading(basis.cols(), rank);
  for (Index i = 0; i < basis.cols(); ++i)
    for (Index j = 0; j < rank; ++j)
      leading(i, j) = static_cast<float>(transposed ? rotation(j, i) : rotation(i, j));
  Matrix out(basis.rows(), rank);
  gemm(basis.view(), Transpose::no, std::as_const(leading).view(), Transpose::no, out.view());
  return out;
}

// Whether the entry of largest magnitude of column j is negative.
bool points_down(const Matrix& columns, Index j) {
  float extreme = 0;
  for (Index i = 0; i < columns.rows(); ++i)
    if (std::abs(columns(i, j)) > std::abs(extreme)) extreme = columns(i, j);
  return extreme < 0;
}

void flip(Matrix& columns, Index j) {
  for (Index i = 0; i < columns.rows(); ++i) columns(i, j) = -columns(i, j);
}

Matrix gaussian(Index rows, Index cols, std::uint64_t seed) {
  Matrix out(rows, cols);
  Rng rng(seed);
  for (Index i = 0; i < rows; ++i)
    for (float& value : out.row(i)) value = static_cast<float>(rng.normal());
  return out;
}

// How many components are wanted of a [rows x cols] matrix, and how many are followed on the way.
struct Widths {
  Index wanted;
  Index width;
};

Widths widths_of(Index rows, Index cols, const SvdOptions& options) {
  const Index shorter = std::min(rows, cols);
  const Index wanted = std::min(Index{options.rank}, shorter);
  return {wanted, std::min(wanted + options.oversampling, shorter)};
}

// How many of the falling values are kept of at most `wanted`.
Index rank_of(const std::vector<double>& values, Index wanted) {
  Index rank = 0;
  while (rank < wanted && values[at(rank)] > kNoise * values[0]) ++rank;
  return rank;
}

// A, of blocks of columns beside each other, as its products and those of its transpose with a few columns.
class Products {
 public:
  Products(std::span<const CenteredRows> blocks, ThreadPool& pool) : blocks_(blocks), pool_(pool) {
    for (const auto& block : blocks) {
      require(block.rows() == rows(), "svd: blocks of {} and {} rows", rows(), block.rows());
      cols_ += block.cols();
    }
  }

  Index rows() const { return blocks_.empty() ? 0 : blocks_.front().rows(); }
  Index cols() const { return cols_; }
  void to_left(MatrixView<const float> right, MatrixView<float> left) const {
    Matrix part(left.rows(), left.cols());
    for (Index i = 0; i < left.rows(); ++i) std::ranges::fill(left.row(i), 0.0f);
    Index first = 0;
    for (const auto& block : blocks_) {
      multiply(block, right.block(first, block.cols()), part.view(), pool_);
      for (Index i = 0; i < left.rows(); ++i) add_scaled(1.0f, part.row(i), left.row(i));
      first += block.cols();
    }
  }
  void to_right(MatrixView<const float> left, MatrixView<float> right) const {
    Index first = 0;
    for (const auto& block : blocks_) {
      multiply_transposed(block, left, right.block(first, block.cols()), pool_);
      first += block.cols();
    }
  }

 private:
  std::span<const CenteredRows> blocks_;
  ThreadPool& pool_;
  Index cols_ = 0;
};

Svd decompose(const Products& a, const SvdOptions& options) {
  const auto [wanted, width] = widths_of(a.rows(), a.cols(), options);
  if (width == 0) return {Matrix(a.rows(), 0), {}, Matrix(a.cols(), 0)};
  Matrix right = gaussian(a.cols(), width, options.seed);
  Matrix left(a.rows(), width);
  const auto to_left = [&] {
    a.to_left(std::as_const(right).view(), left.view());
    orthonormalise(left);
  };
  to_left();
  for (int i = 0; i < options.iterations; ++i) {
    a.to_right(std::as_const(left).view(), right.view());
    orthonormalise(right);
    to_left();
  }
  // A is about Q Q'A; with A'Q = Q2 R and R = P S T', that is (Q T) S (Q2 P)'.
  a.to_right(std::as_const(left).view(), right.view());
  MatrixF64 triangle = orthonormalise(right);
  SmallSvd small = decompose(triangle);
  const Index rank = rank_of(small.s, wanted);
  small.s.resize(at(rank));
  Svd out{rotate(left, small.vt, true, rank), std::move(small.s), rotate(right, small.u, false, rank)};
  for (Index j = 0; j < rank; ++j) {
    if (!points_down(out.v, j)) continue;
    flip(out.u, j);
    flip(out.v, j);
  }
  return out;
}

void check_options(const SvdOptions& options) {
  require(options.rank >= 1, "svd: the rank must be at least 1, got {}", options.rank);
  require(options.oversampling >= 0 && options.iterations >= 0,
          "svd: oversampling and iterations must not be negative, got {} and {}", options.oversampling,
          options.iterations);
}

// out += block' * left, where left is [block.rows x n].
void add_transposed(const CsrView& block, const Matrix& left, Matrix& out, ThreadPool& pool) {
  const Csr flipped = transpose(block);
  const CsrView columns = flipped.view();
  parallel_for(pool, columns.rows, 256, [&](Index begin, Index end) {
    for (Index c = begin; c < end; ++c) {
      const auto rows = columns.row_indices(c);
      const auto values = columns.row_values(c);
      for (std::size_t k = 0; k < rows.size(); ++k) add_scaled(values[k], left.row(rows[k]), out.row(c));
    }
  });
}

// A'A times `right`, orthonormal. `largest` is that of A, by which it is divided: numbers are squared here.
Matrix next_basis(const RowBlocks& matrix, float largest, Matrix right, ThreadPool& pool) {
  Matrix out(right.rows(), right.cols());
  for (Index i = 0; i < right.rows(); ++i)
    for (float& value : right.row(i)) value /= largest;
  matrix([&](const CsrView& block) {
    Matrix left(block.rows, right.cols());
    multiply(block, right.view(), left.view(), pool);
    add_transposed(block, left, out, pool);
  });
  orthonormalise(out);
  return out;
}

// R of A V = Q R: of the blocks so far R is all that the next one has to be set below.
MatrixF64 triangle_of(const RowBlocks& matrix, const Matrix& right, ThreadPool& pool) {
  const Index width = right.cols();
  MatrixF64 triangle(width, width);
  matrix([&](const CsrView& block) {
    Matrix stacked(width + block.rows, width);
    for (Index i = 0; i < width; ++i)
      for (Index j = i; j < width; ++j) stacked(i, j) = static_cast<float>(triangle(i, j));
    multiply(block, right.view(), stacked.view().block(width, block.rows), pool);
    std::vector<float> reflections;
    triangle = factorise(stacked, reflections);
  });
  return triangle;
}

}  // namespace

Svd truncated_svd(std::span<const CenteredRows> blocks, const SvdOptions& options, ThreadPool& pool) {
  check_options(options);
  return decompose(Products(blocks, pool), options);
}

RightSvd right_svd(Index rows, Index cols, const RowBlocks& matrix, const SvdOptions& options,
                   ThreadPool& pool) {
  check_options(options);
  const auto [wanted, width] = widths_of(rows, cols, options);
  if (width == 0) return {{}, Matrix(cols, 0)};
  const float largest = largest_value(matrix);
  if (largest == 0) return {{}, Matrix(cols, 0)};
  Matrix right = gaussian(cols, width, options.seed);
  for (int i = 0; i <= options.iterations; ++i) right = next_basis(matrix, largest, std::move(right), pool);
  MatrixF64 triangle = triangle_of(matrix, right, pool);
  // A V = Q R and R = P S T', that is A (V T) = (Q P) S.
  SmallSvd small = decompose(triangle);
  const Index rank = rank_of(small.s, wanted);
  small.s.resize(at(rank));
  RightSvd out{std::move(small.s), rotate(right, small.vt, true, rank)};
  for (Index j = 0; j < rank; ++j)
    if (points_down(out.v, j)) flip(out.v, j);
  return out;
}

}  // namespace medley::math

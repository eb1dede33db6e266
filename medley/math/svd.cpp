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

std::size_t at(Index i) {
  return static_cast<std::size_t>(i);
}

void require_finite(const CsrView& matrix) {
  for (Index i = 0; i < matrix.rows; ++i)
    for (const float value : matrix.row_values(i))
      if (!std::isfinite(value)) fail(ErrorCode::corrupt_data, "svd: row {} holds {}", i, value);
}

// Replaces the columns of `a` [n x l], n >= l, by an orthonormal basis that spans them. Of a rank below l the
// basis is filled up: Householder reflections give orthonormal columns whatever the rank.
void orthonormalise(Matrix& a, MatrixF64* triangle = nullptr) {
  const auto n = as_lapack(a.rows());
  const auto l = as_lapack(a.cols());
  std::vector<float> tau(static_cast<std::size_t>(l));
  check_lapack(LAPACKE_sgeqrf(LAPACK_ROW_MAJOR, n, l, a.data(), l, tau.data()), "the QR factorisation");
  if (triangle != nullptr)
    for (Index i = 0; i < a.cols(); ++i)
      for (Index j = i; j < a.cols(); ++j) (*triangle)(i, j) = static_cast<double>(a(i, j));
  check_lapack(LAPACKE_sorgqr(LAPACK_ROW_MAJOR, n, l, l, a.data(), l, tau.data()), "the QR factorisation");
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

void fix_signs(Svd& svd) {
  for (Index j = 0; j < svd.v.cols(); ++j) {
    float extreme = 0;
    for (Index i = 0; i < svd.v.rows(); ++i)
      if (std::abs(svd.v(i, j)) > std::abs(extreme)) extreme = svd.v(i, j);
    if (extreme >= 0) continue;
    for (Index i = 0; i < svd.v.rows(); ++i) svd.v(i, j) = -svd.v(i, j);
    for (Index i = 0; i < svd.u.rows(); ++i) svd.u(i, j) = -svd.u(i, j);
  }
}

// A, as the products of it and of its transpose with a few columns.
class Products {
 public:
  virtual ~Products() = default;
  virtual Index rows() const = 0;
  virtual Index cols() const = 0;
  virtual void to_left(MatrixView<const float> right, MatrixView<float> left) const = 0;
  virtual void to_right(MatrixView<const float> left, MatrixView<float> right) const = 0;
};

class SparseProducts final : public Products {
 public:
  SparseProducts(const CsrView& matrix, ThreadPool& pool)
      : matrix_(matrix), flipped_(transpose(matrix)), pool_(pool) {}

  Index rows() const override { return matrix_.rows; }
  Index cols() const override { return matrix_.cols; }
  void to_left(MatrixView<const float> right, MatrixView<float> left) const override {
    multiply(matrix_, right, left, pool_);
  }
  void to_right(MatrixView<const float> left, MatrixView<float> right) const override {
    multiply(flipped_.view(), left, right, pool_);
  }

 private:
  const CsrView& matrix_;
  Csr flipped_;
  ThreadPool& pool_;
};

class BlockProducts final : public Products {
 public:
  BlockProducts(std::span<const CenteredRows> blocks, ThreadPool& pool) : blocks_(blocks), pool_(pool) {
    for (const auto& block : blocks) {
      require(block.rows() == rows(), "svd: blocks of {} and {} rows", rows(), block.rows());
      cols_ += block.cols();
    }
  }

  Index rows() const override { return blocks_.empty() ? 0 : blocks_.front().rows(); }
  Index cols() const override { return cols_; }
  void to_left(MatrixView<const float> right, MatrixView<float> left) const override {
    Matrix part(left.rows(), left.cols());
    for (Index i = 0; i < left.rows(); ++i) std::ranges::fill(left.row(i), 0.0f);
    Index first = 0;
    for (const auto& block : blocks_) {
      multiply(block, right.block(first, block.cols()), part.view(), pool_);
      for (Index i = 0; i < left.rows(); ++i) add_scaled(1.0f, part.row(i), left.row(i));
      first += block.cols();
    }
  }
  void to_right(MatrixView<const float> left, MatrixView<float> right) const override {
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
  const Index shorter = std::min(a.rows(), a.cols());
  const Index wanted = std::min(Index{options.rank}, shorter);
  const Index width = std::min(wanted + options.oversampling, shorter);
  if (shorter == 0) return {Matrix(a.rows(), 0), {}, Matrix(a.cols(), 0)};
  Matrix right(a.cols(), width);
  Rng rng(options.seed);
  for (Index i = 0; i < right.rows(); ++i)
    for (float& value : right.row(i)) value = static_cast<float>(rng.normal());
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
  MatrixF64 triangle(width, width);
  orthonormalise(right, &triangle);
  SmallSvd small = decompose(triangle);
  Index rank = 0;
  while (rank < wanted && small.s[at(rank)] > kNoise * small.s[0]) ++rank;
  small.s.resize(at(rank));
  Svd out{rotate(left, small.vt, true, rank), std::move(small.s), rotate(right, small.u, false, rank)};
  fix_signs(out);
  return out;
}

void check_options(const SvdOptions& options) {
  require(options.rank >= 1, "svd: the rank must be at least 1, got {}", options.rank);
  require(options.oversampling >= 0 && options.iterations >= 0,
          "svd: oversampling and iterations must not be negative, got {} and {}", options.oversampling,
          options.iterations);
}

}  // namespace

Svd truncated_svd(const CsrView& matrix, const SvdOptions& options, ThreadPool& pool) {
  check_options(options);
  require_finite(matrix);
  if (matrix.nonzeros() == 0) return {Matrix(matrix.rows, 0), {}, Matrix(matrix.cols, 0)};
  return decompose(SparseProducts(matrix, pool), options);
}

Svd truncated_svd(std::span<const CenteredRows> blocks, const SvdOptions& options, ThreadPool& pool) {
  check_options(options);
  return decompose(BlockProducts(blocks, pool), options);
}

}  // namespace medley::math

#include "medley/math/dense.h"

#include "medley/core/error.h"
#include "medley/math/blas.h"

#include <cblas.h>
#include <lapacke.h>

#include <algorithm>
#include <cmath>

namespace medley::math {
namespace {

void call_gemm(CBLAS_TRANSPOSE ta, CBLAS_TRANSPOSE tb, int m, int n, int k, float alpha, const float* a,
               int lda, const float* b, int ldb, float beta, float* c, int ldc) {
  cblas_sgemm(CblasRowMajor, ta, tb, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);
}

void call_gemm(CBLAS_TRANSPOSE ta, CBLAS_TRANSPOSE tb, int m, int n, int k, double alpha, const double* a,
               int lda, const double* b, int ldb, double beta, double* c, int ldc) {
  cblas_dgemm(CblasRowMajor, ta, tb, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);
}

template <class T>
void scale_in_place(MatrixView<T> c, T beta) {
  for (Index i = 0; i < c.rows(); ++i)
    for (T& value : c.row(i)) value = beta == T{0} ? T{0} : beta * value;
}

template <class T>
void gemm_any(MatrixView<const T> a, Transpose ta, MatrixView<const T> b, Transpose tb, MatrixView<T> c,
              T alpha, T beta) {
  const bool flip_a = ta == Transpose::yes;
  const bool flip_b = tb == Transpose::yes;
  const Index m = flip_a ? a.cols() : a.rows();
  const Index k = flip_a ? a.rows() : a.cols();
  const Index k_of_b = flip_b ? b.cols() : b.rows();
  const Index n = flip_b ? b.rows() : b.cols();
  require(k == k_of_b && c.rows() == m && c.cols() == n,
          "matrix product of [{} x {}] and [{} x {}] does not fit a result of [{} x {}]", m, k, k_of_b, n,
          c.rows(), c.cols());
  if (m == 0 || n == 0) return;
  if (k == 0) return scale_in_place(c, beta);
  call_gemm(flip_a ? CblasTrans : CblasNoTrans, flip_b ? CblasTrans : CblasNoTrans, blas_int(m), blas_int(n),
            blas_int(k), alpha, a.data(), leading_dimension(a), b.data(), leading_dimension(b), beta,
            c.data(), leading_dimension(c));
}

// A symmetric matrix is the same in row and column order; asking LAPACKE for column order keeps it from
// making a transposed copy. The lower triangle of the columns is the upper one of the rows.
lapack_int factor(int n, float* a, int lda) {
  return LAPACKE_spotrf(LAPACK_COL_MAJOR, 'L', n, a, lda);
}
lapack_int factor(int n, double* a, int lda) {
  return LAPACKE_dpotrf(LAPACK_COL_MAJOR, 'L', n, a, lda);
}
lapack_int invert(int n, float* a, int lda) {
  return LAPACKE_spotri(LAPACK_COL_MAJOR, 'L', n, a, lda);
}
lapack_int invert(int n, double* a, int lda) {
  return LAPACKE_dpotri(LAPACK_COL_MAJOR, 'L', n, a, lda);
}

// Both triangles are walked in tiles, so that the strided side stays in the cache.
template <class T>
void mirror_any(MatrixView<T> a) {
  constexpr Index kTile = 32;
  const Index n = a.rows();
  for (Index top = 0; top < n; top += kTile)
    for (Index left = top; left < n; left += kTile)
      for (Index i = top; i < std::min(n, top + kTile); ++i)
        for (Index j = std::max(i + 1, left); j < std::min(n, left + kTile); ++j) a(j, i) = a(i, j);
}

template <class T>
void invert_any(MatrixView<T> a) {
  require(a.rows() == a.cols(), "cannot invert a matrix of [{} x {}]: it is not square", a.rows(), a.cols());
  if (a.empty()) return;
  const int n = blas_int(a.rows());
  const int lda = leading_dimension(a);
  lapack_int info = factor(n, a.data(), lda);
  require(info >= 0, "cannot invert a matrix of [{} x {}]: it holds NaN", n, n);
  require(info == 0, "cannot invert a matrix of [{} x {}]: it is not positive definite (pivot {})", n, n,
          info);
  info = invert(n, a.data(), lda);
  require(info == 0, "cannot invert a matrix of [{} x {}]: it is singular (pivot {})", n, n, info);
  // An infinite entry passes the factorisation and comes out as 0 or NaN here.
  for (Index i = 0; i < a.rows(); ++i)
    require(std::isfinite(a(i, i)) && a(i, i) > 0,
            "cannot invert a matrix of [{} x {}]: entry {} of the diagonal became {}", n, n, i, a(i, i));
  mirror_any(a);
}

}  // namespace

void gemm(MatrixView<const float> a, Transpose ta, MatrixView<const float> b, Transpose tb,
          MatrixView<float> c, float alpha, float beta) {
  gemm_any(a, ta, b, tb, c, alpha, beta);
}

void gemm(MatrixView<const double> a, Transpose ta, MatrixView<const double> b, Transpose tb,
          MatrixView<double> c, double alpha, double beta) {
  gemm_any(a, ta, b, tb, c, alpha, beta);
}

void invert_spd(MatrixView<float> a) {
  invert_any(a);
}
void invert_spd(MatrixView<double> a) {
  invert_any(a);
}

void mirror_upper(MatrixView<float> a) {
  mirror_any(a);
}
void mirror_upper(MatrixView<double> a) {
  mirror_any(a);
}

double dot(std::span<const float> a, std::span<const float> b) {
  require(a.size() == b.size(), "dot product of {} and {} numbers", a.size(), b.size());
  // Four sums: one chain would wait for the latency of each addition.
  double sum[4] = {};
  std::size_t i = 0;
  for (; i + 4 <= a.size(); i += 4)
    for (std::size_t lane = 0; lane < 4; ++lane)
      sum[lane] += static_cast<double>(a[i + lane]) * static_cast<double>(b[i + lane]);
  for (; i < a.size(); ++i) sum[0] += static_cast<double>(a[i]) * static_cast<double>(b[i]);
  return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

void add_scaled(float weight, std::span<const float> from, std::span<float> to) {
  require(from.size() == to.size(), "a sum of {} and {} numbers", to.size(), from.size());
  const float* __restrict source = from.data();
  float* __restrict target = to.data();
  std::size_t i = 0;
  // A fixed inner length, because GCC at -O2 vectorises no other.
  for (; i + 8 <= to.size(); i += 8)
    for (std::size_t lane = 0; lane < 8; ++lane) target[i + lane] += weight * source[i + lane];
  for (; i < to.size(); ++i) target[i] += weight * source[i];
}

double norm(std::span<const float> a) {
  return std::sqrt(dot(a, a));
}

}  // namespace medley::math

#include "medley/math/symmetric.h"

#include "medley/core/error.h"
#include "medley/math/blas.h"

#include <cblas.h>
#include <lapacke.h>

// Of OpenMP, which OpenBLAS is built with: the number of threads that calls of one thread may use.
extern "C" {
int omp_get_max_threads(void);
void omp_set_num_threads(int threads);
}

namespace medley::math {
namespace {

void call_syrk(CBLAS_TRANSPOSE t, int n, int k, float alpha, const float* a, int lda, float* c, int ldc) {
  cblas_ssyrk(CblasRowMajor, CblasUpper, t, n, k, alpha, a, lda, 0.0f, c, ldc);
}
void call_syrk(CBLAS_TRANSPOSE t, int n, int k, double alpha, const double* a, int lda, double* c, int ldc) {
  cblas_dsyrk(CblasRowMajor, CblasUpper, t, n, k, alpha, a, lda, 0.0, c, ldc);
}

template <class T>
void gram_any(MatrixView<const T> a, CBLAS_TRANSPOSE t, MatrixView<T> out, T scale) {
  const bool by_rows = t == CblasNoTrans;
  const Index n = by_rows ? a.rows() : a.cols();
  const Index k = by_rows ? a.cols() : a.rows();
  require(out.rows() == n && out.cols() == n, "a gram matrix of {} does not fit a result of [{} x {}]", n,
          out.rows(), out.cols());
  if (n == 0) return;
  call_syrk(t, blas_int(n), blas_int(k), scale, a.data(), leading_dimension(a), out.data(),
            leading_dimension(out));
}

// The upper triangle of rows is the lower one of columns. The _work forms look for no NaN, which takes as
// long as a small system itself.
lapack_int factor_unchecked(int n, float* a, int lda) {
  return LAPACKE_spotrf_work(LAPACK_COL_MAJOR, 'L', n, a, lda);
}
lapack_int factor_unchecked(int n, double* a, int lda) {
  return LAPACKE_dpotrf_work(LAPACK_COL_MAJOR, 'L', n, a, lda);
}
lapack_int substitute(int n, const float* a, int lda, float* b) {
  return LAPACKE_spotrs_work(LAPACK_COL_MAJOR, 'L', n, 1, a, lda, b, n);
}
lapack_int substitute(int n, const double* a, int lda, double* b) {
  return LAPACKE_dpotrs_work(LAPACK_COL_MAJOR, 'L', n, 1, a, lda, b, n);
}

template <class T>
bool solve_any(MatrixView<T> a, std::span<T> b) {
  require(a.rows() == a.cols() && static_cast<std::size_t>(a.rows()) == b.size(),
          "a system of [{} x {}] does not fit {} right sides", a.rows(), a.cols(), b.size());
  if (b.empty()) return true;
  const int n = blas_int(a.rows());
  const int lda = leading_dimension(a);
  return factor_unchecked(n, a.data(), lda) == 0 && substitute(n, a.data(), lda, b.data()) == 0;
}

}  // namespace

SerialBlas::SerialBlas() : threads_(omp_get_max_threads()) {
  omp_set_num_threads(1);
}
SerialBlas::~SerialBlas() {
  omp_set_num_threads(threads_);
}

void gram_of_rows(MatrixView<const float> a, MatrixView<float> out) {
  gram_any(a, CblasNoTrans, out, 1.0f);
}
void gram_of_rows(MatrixView<const double> a, MatrixView<double> out) {
  gram_any(a, CblasNoTrans, out, 1.0);
}
void gram_of_columns(MatrixView<const float> a, MatrixView<float> out, float scale) {
  gram_any(a, CblasTrans, out, scale);
}
void gram_of_columns(MatrixView<const double> a, MatrixView<double> out, double scale) {
  gram_any(a, CblasTrans, out, scale);
}

bool solve_spd(MatrixView<float> a, std::span<float> b) {
  return solve_any(a, b);
}
bool solve_spd(MatrixView<double> a, std::span<double> b) {
  return solve_any(a, b);
}

void eigen_symmetric(MatrixView<float> a, std::span<float> values) {
  require(a.rows() == a.cols() && static_cast<std::size_t>(a.rows()) == values.size(),
          "{} eigenvalues do not fit a matrix of [{} x {}]", values.size(), a.rows(), a.cols());
  if (a.empty()) return;
  const auto info = LAPACKE_ssyevd(LAPACK_COL_MAJOR, 'V', 'L', blas_int(a.rows()), a.data(),
                                   leading_dimension(a), values.data());
  require(info == 0, "the eigenvalues of a matrix of [{} x {}] cannot be found (code {}): does it hold NaN?",
          a.rows(), a.cols(), info);
}

}  // namespace medley::math

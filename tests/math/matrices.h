#pragma once

#include "medley/core/rng.h"
#include "medley/math/csr.h"
#include "medley/math/matrix.h"

#include <fmt/core.h>

#include <cmath>
#include <string>

namespace medley::math::test {

inline Matrix random_matrix(Index rows, Index cols, Rng& rng, double density = 1.0) {
  Matrix out(rows, cols);
  for (Index i = 0; i < rows; ++i)
    for (Index j = 0; j < cols; ++j)
      if (rng.uniform() < density) out(i, j) = static_cast<float>(rng.normal());
  return out;
}

/// The nonzeros of `dense`.
inline Csr to_csr(const Matrix& dense) {
  Csr out;
  out.rows = dense.rows();
  out.cols = dense.cols();
  for (Index i = 0; i < dense.rows(); ++i) {
    for (Index j = 0; j < dense.cols(); ++j) {
      if (dense(i, j) == 0) continue;
      out.indices.push_back(static_cast<std::int32_t>(j));
      out.values.push_back(dense(i, j));
    }
    out.indptr.push_back(static_cast<std::int64_t>(out.indices.size()));
  }
  return out;
}

inline Matrix to_dense(const CsrView& sparse) {
  Matrix out(sparse.rows, sparse.cols);
  for (Index i = 0; i < sparse.rows; ++i)
    for (std::size_t k = 0; k < sparse.row_indices(i).size(); ++k)
      out(i, sparse.row_indices(i)[k]) += sparse.row_values(i)[k];
  return out;
}

inline Matrix transposed(const Matrix& a) {
  Matrix out(a.cols(), a.rows());
  for (Index i = 0; i < a.rows(); ++i)
    for (Index j = 0; j < a.cols(); ++j) out(j, i) = a(i, j);
  return out;
}

/// A scalar product in double, and the sum of the magnitudes of its terms: rounding in float stays below
/// `bound`, (number of terms + 2) * 2^-23 of that sum.
struct Product {
  MatrixF64 value;
  MatrixF64 bound;
};

inline Product scalar_product(const Matrix& a, const Matrix& b) {
  Product out{MatrixF64(a.rows(), b.cols()), MatrixF64(a.rows(), b.cols())};
  for (Index i = 0; i < a.rows(); ++i) {
    for (Index j = 0; j < b.cols(); ++j) {
      double magnitude = 0;
      for (Index k = 0; k < a.cols(); ++k) {
        const double term = static_cast<double>(a(i, k)) * static_cast<double>(b(k, j));
        out.value(i, j) += term;
        magnitude += std::abs(term);
      }
      out.bound(i, j) = magnitude * static_cast<double>(a.cols() + 2) * 0x1.0p-23;
    }
  }
  return out;
}

/// The position of the first entry outside of the bound, as text; empty when there is none.
inline std::string differs(const MatrixView<const float>& got, const Product& want) {
  for (Index i = 0; i < got.rows(); ++i) {
    for (Index j = 0; j < got.cols(); ++j) {
      if (!(std::abs(static_cast<double>(got(i, j)) - want.value(i, j)) <= want.bound(i, j)))
        return fmt::format("({}, {}): {} instead of {} +- {}", i, j, got(i, j), want.value(i, j),
                           want.bound(i, j));
    }
  }
  return {};
}

}  // namespace medley::math::test

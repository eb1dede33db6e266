#pragma once

#include "medley/math/csr.h"
#include "medley/math/matrix.h"

#include <cstdint>
#include <span>
#include <vector>

namespace medley::models {

/// What a row's own vector pays: lambda (n + a0 M)^nu for a row of n entries against M vectors.
struct Ridge {
  double a0 = 0;
  double lambda = 0;
  double nu = 0;

  double of(std::size_t n, math::Index vectors) const;
};

/// Solves rows of implicit ALS (Rendle et al., RecSys 2022) against fixed vectors v_1 ... v_M: of a row that
/// chose S, (a0 V'V + sum_S v v' + ridge I) x = sum_S v. V is given in the basis where a0 V'V is
/// diag(`spectrum`), so that a row shorter than the vectors costs one system of its own length (Woodbury).
/// Const and thread-safe; `vectors` and `spectrum` outlive it.
class RowSolver {
 public:
  RowSolver(math::MatrixView<const float> vectors, std::span<const float> spectrum, const Ridge& ridge)
      : vectors_(vectors), spectrum_(spectrum), ridge_(ridge) {}

  /// Buffers of one thread; they grow to the longest row.
  struct Scratch {
    std::vector<float> rows;
    std::vector<float> system;
    std::vector<float> right;
    std::vector<float> scale;
  };

  /// x into `out` [dim]; zeros for a row that chose nothing. Under `math::SerialBlas` inside `parallel_for`.
  void solve(std::span<const std::int32_t> chosen, std::span<float> out, Scratch& scratch) const;

  /// The inner product of `vector` [dim] with the x of `chosen`, taken apart: what each entry of `chosen`
  /// adds to it. In double.
  std::vector<double> shares(std::span<const std::int32_t> chosen, std::span<const float> vector) const;

 private:
  void solve_short(std::span<const std::int32_t> chosen, std::span<float> out, Scratch& scratch) const;
  void solve_long(std::span<const std::int32_t> chosen, std::span<float> out, Scratch& scratch) const;
  std::vector<double> shares_short(std::span<const std::int32_t> chosen, std::span<const float> vector) const;
  std::vector<double> shares_long(std::span<const std::int32_t> chosen, std::span<const float> vector) const;
  bool is_short(std::size_t n) const { return static_cast<math::Index>(n) <= vectors_.cols(); }

  math::MatrixView<const float> vectors_;  ///< [M x dim]
  std::span<const float> spectrum_;        ///< [dim]
  Ridge ridge_;
};

/// out.row(q) = the x of row q of `chosen` [rows x M], [rows x dim]. Parallel over rows.
void solve_rows(const RowSolver& solver, const math::CsrView& chosen, math::MatrixView<float> out,
                ThreadPool& pool);

}  // namespace medley::models

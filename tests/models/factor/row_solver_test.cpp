#include "medley/models/factor/row_solver.h"

#include "medley/math/dense.h"
#include "medley/math/symmetric.h"

#include "../toy.h"

using namespace medley;
using namespace medley::models;

namespace {

std::vector<float> solved(const RowSolver& solver, std::size_t dim, const std::vector<std::int32_t>& chosen) {
  std::vector<float> out(dim, 9);
  RowSolver::Scratch scratch;
  solver.solve(chosen, out, scratch);
  return out;
}

TEST(RowSolver, solves_the_row_worked_out_by_hand) {
  // Two axes, so that V'V is diagonal as it stands: x_2 = 2 / (4 + .5 * 4 + ridge), ridge = .25 (1 + .5 * 2).
  const std::vector<float> vectors{1, 0, 0, 2};
  const std::vector<float> spectrum{.5f, 2};
  const RowSolver solver({vectors.data(), 2, 2}, spectrum, {.5, .25, 1});
  const auto x = solved(solver, 2, {1});
  EXPECT_NEAR(x[0], 0, 1e-7);
  EXPECT_NEAR(x[1], 2 / 6.5, 1e-6);
  EXPECT_EQ(solved(solver, 2, {}), (std::vector<float>{0, 0}));
}

TEST(RowSolver, the_ridge_grows_with_the_row_as_nu_says) {
  EXPECT_DOUBLE_EQ((Ridge{.01, 2, 1}.of(3, 100)), 8);
  EXPECT_DOUBLE_EQ((Ridge{.01, 2, .5}.of(3, 100)), 4);
  EXPECT_DOUBLE_EQ((Ridge{.01, 2, 0}.of(3, 100)), 2);
}

class RowSolverOnDraws : public testing::Test {
 protected:
  static constexpr math::Index kRows = 60;
  static constexpr math::Index kDim = 12;

  RowSolverOnDraws() {
    Rng rng(3);
    for (math::Index i = 0; i < kRows; ++i)
      for (float& value : vectors_.row(i)) value = static_cast<float>(rng.normal());
    // In a basis where V'V is diagonal.
    math::Matrix basis(kDim, kDim);
    math::Matrix turned(kRows, kDim);
    math::gram_of_columns(vectors_.view(), basis.view(), .1f);
    math::eigen_symmetric(basis.view(), spectrum_);
    math::gemm(std::as_const(vectors_).view(), math::Transpose::no, std::as_const(basis).view(),
               math::Transpose::yes, turned.view());
    vectors_ = turned;
  }

  /// sum of (a0 V'V + sum_S v v' + ridge I) x - v over S: 0 for the solution.
  double residual(const std::vector<std::int32_t>& chosen, const std::vector<float>& x) const {
    double worst = 0;
    const double ridge = ridge_.of(chosen.size(), kRows);
    for (std::size_t c = 0; c < kDim; ++c) {
      double left = ridge * static_cast<double>(x[c]);
      for (std::int32_t i = 0; i < kRows; ++i)
        left += .1 * static_cast<double>(vectors_(i, static_cast<math::Index>(c))) *
                math::dot(vectors_.row(i), x);
      for (const auto i : chosen)
        left += static_cast<double>(vectors_(i, static_cast<math::Index>(c))) *
                (math::dot(vectors_.row(i), x) - 1);
      worst = std::max(worst, std::abs(left));
    }
    return worst;
  }

  static std::vector<std::int32_t> every(std::int32_t step) {
    std::vector<std::int32_t> out;
    for (std::int32_t i = 0; i < kRows; i += step) out.push_back(i);
    return out;
  }

  math::Matrix vectors_{kRows, kDim};
  std::vector<float> spectrum_ = std::vector<float>(kDim);
  const Ridge ridge_{.1, .3, 1};
};

TEST_F(RowSolverOnDraws, rows_shorter_and_longer_than_the_vectors_satisfy_the_normal_equations) {
  const RowSolver solver(std::as_const(vectors_).view(), spectrum_, ridge_);
  // 2, 12 and 60 entries against vectors of 12.
  for (const auto step : {30, 5, 1})
    EXPECT_LT(residual(every(step), solved(solver, kDim, every(step))), 2e-4) << step;
}

TEST_F(RowSolverOnDraws, shares_are_what_each_entry_adds_to_the_inner_product) {
  const RowSolver solver(std::as_const(vectors_).view(), spectrum_, ridge_);
  const std::vector<float> axis = [] {
    std::vector<float> out(kDim);
    out[3] = 1;
    return out;
  }();
  for (const auto step : {30, 5, 1}) {
    const auto chosen = every(step);
    const auto x = solved(solver, kDim, chosen);
    const auto shares = solver.shares(chosen, axis);
    ASSERT_EQ(shares.size(), chosen.size());
    EXPECT_NEAR(std::accumulate(shares.begin(), shares.end(), 0.0), x[3], 1e-6) << step;
  }
  EXPECT_TRUE(solver.shares({}, axis).empty());
}

TEST_F(RowSolverOnDraws, all_rows_at_once_are_the_rows_one_by_one) {
  const RowSolver solver(std::as_const(vectors_).view(), spectrum_, ridge_);
  math::Csr chosen{3, kRows, {0}, {}, {}};
  for (const auto step : {7, 60, 1}) {
    const auto row = every(step);
    chosen.indices.insert(chosen.indices.end(), row.begin(), row.end());
    chosen.indptr.push_back(static_cast<std::int64_t>(chosen.indices.size()));
  }
  chosen.values.assign(chosen.indices.size(), 1.0f);
  math::Matrix out(3, kDim);
  ThreadPool pool(2);
  solve_rows(solver, chosen.view(), out.view(), pool);
  math::Index q = 0;
  for (const auto step : {7, 60, 1}) {
    const auto x = solved(solver, kDim, every(step));
    for (std::size_t c = 0; c < kDim; ++c) EXPECT_NEAR(out.row(q)[c], x[c], 1e-6);
    ++q;
  }
}

}  // namespace

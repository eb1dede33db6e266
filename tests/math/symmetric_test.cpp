#include "medley/math/symmetric.h"

#include "medley/core/error.h"
#include "medley/core/thread_pool.h"
#include "medley/math/dense.h"

#include "tests/math/matrices.h"
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

using namespace medley;
using namespace medley::math;
using medley::math::test::random_matrix;

namespace {

TEST(Symmetric, a_gram_matrix_holds_the_inner_products_of_rows_or_of_columns) {
  const std::vector<float> values{1, 2, 3, 4, 5, 6};
  const MatrixView<const float> a(values.data(), 2, 3);
  Matrix rows(2, 2);
  gram_of_rows(a, rows.view());
  EXPECT_EQ(rows(0, 0), 14);
  EXPECT_EQ(rows(0, 1), 32);
  EXPECT_EQ(rows(1, 1), 77);
  EXPECT_EQ(rows(1, 0), 0) << "the lower triangle is left alone";
  Matrix columns(3, 3);
  gram_of_columns(a, columns.view(), 0.5f);
  EXPECT_EQ(columns(0, 2), 13.5f);
  EXPECT_EQ(columns(1, 1), 14.5f);
  EXPECT_THROW(gram_of_rows(a, columns.view()), Error);
}

TEST(Symmetric, solves_a_system_by_its_upper_triangle_and_refuses_what_is_not_definite) {
  // [4 2; 2 3] x = (2, 5): x = (-1/2, 2).
  std::vector<double> a{4, 2, -77, 3};
  std::vector<double> b{2, 5};
  EXPECT_TRUE(solve_spd(MatrixView<double>(a.data(), 2, 2), std::span(b)));
  EXPECT_NEAR(b[0], -0.5, 1e-12);
  EXPECT_NEAR(b[1], 2, 1e-12);
  std::vector<float> indefinite{1, 2, 2, 1};
  std::vector<float> right{1, 1};
  EXPECT_FALSE(solve_spd(MatrixView<float>(indefinite.data(), 2, 2), std::span(right)));
  EXPECT_TRUE(solve_spd(MatrixView<float>(nullptr, 0, 0), std::span<float>{}));
  EXPECT_THROW(
      static_cast<void>(solve_spd(MatrixView<float>(indefinite.data(), 2, 2), std::span(right).first(1))),
      Error);
}

TEST(Symmetric, rows_of_the_eigenbasis_reproduce_the_matrix) {
  Rng rng(3);
  for (const Index n : {1, 2, 7, 40}) {
    const auto half = random_matrix(n, n, rng);
    Matrix a(n, n);
    gram_of_columns(half.view(), a.view());
    mirror_upper(a.view());
    const auto wanted = a;
    std::vector<float> values(static_cast<std::size_t>(n));
    eigen_symmetric(a.view(), values);
    EXPECT_TRUE(std::is_sorted(values.begin(), values.end()));
    for (Index i = 0; i < n; ++i) {
      EXPECT_NEAR(norm(std::as_const(a).row(i)), 1, 1e-5);
      for (Index j = 0; j < n; ++j) {
        double sum = 0;
        for (Index k = 0; k < n; ++k)
          sum += static_cast<double>(values[static_cast<std::size_t>(k)]) * static_cast<double>(a(k, i)) *
                 static_cast<double>(a(k, j));
        EXPECT_NEAR(sum, wanted(i, j), 1e-5 * static_cast<double>(values.back()) + 1e-6);
      }
    }
  }
  std::vector<float> too_many(3);
  Matrix a(2, 2);
  EXPECT_THROW(eigen_symmetric(a.view(), too_many), Error);
  a(0, 0) = std::numeric_limits<float>::quiet_NaN();
  EXPECT_THROW(eigen_symmetric(a.view(), std::span(too_many).first(2)), Error);
}

TEST(Symmetric, calls_inside_a_parallel_loop_give_the_same_numbers) {
  Rng rng(5);
  const auto a = random_matrix(90, 70, rng);
  Matrix wanted(90, 90);
  gram_of_rows(a.view(), wanted.view());
  ThreadPool pool(3);
  std::vector<Matrix> found(12, Matrix(90, 90));
  parallel_for(pool, 12, 1, [&](std::int64_t begin, std::int64_t end) {
    const SerialBlas alone;
    for (auto k = begin; k < end; ++k) gram_of_rows(a.view(), found[static_cast<std::size_t>(k)].view());
  });
  for (const auto& one : found)
    for (Index i = 0; i < 90; ++i)
      for (Index j = i; j < 90; ++j) ASSERT_NEAR(one(i, j), wanted(i, j), 1e-4);
}

}  // namespace

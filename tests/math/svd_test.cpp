#include "medley/math/svd.h"

#include "medley/core/error.h"
#include "medley/math/dense.h"

#include "tests/math/matrices.h"
#include "tests/test_data.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <lapacke.h>

#include <fstream>
#include <limits>
#include <utility>

namespace medley::math {
namespace {

using test::random_matrix;
using test::to_csr;

/// All singular values of `a`, exact in double.
std::vector<double> exact_values(const Matrix& a) {
  MatrixF64 copy(a.rows(), a.cols());
  for (Index i = 0; i < a.rows(); ++i) std::ranges::copy(a.row(i), copy.row(i).begin());
  std::vector<double> s(static_cast<std::size_t>(std::min(a.rows(), a.cols())));
  const auto rows = static_cast<int>(a.rows());
  const auto cols = static_cast<int>(a.cols());
  EXPECT_EQ(LAPACKE_dgesdd(LAPACK_ROW_MAJOR, 'N', rows, cols, copy.data(), cols, s.data(), nullptr, rows,
                           nullptr, cols),
            0);
  return s;
}

/// |columns' columns - I|, largest entry.
double distance_from_orthonormal(const Matrix& columns) {
  double worst = 0;
  for (Index a = 0; a < columns.cols(); ++a) {
    for (Index b = 0; b <= a; ++b) {
      double sum = a == b ? -1 : 0;
      for (Index i = 0; i < columns.rows(); ++i)
        sum += static_cast<double>(columns(i, a)) * static_cast<double>(columns(i, b));
      worst = std::max(worst, std::abs(sum));
    }
  }
  return worst;
}

/// |a - u diag(s) v'| by Frobenius.
double residual(const Matrix& a, const Svd& svd) {
  double sum = 0;
  for (Index i = 0; i < a.rows(); ++i) {
    for (Index j = 0; j < a.cols(); ++j) {
      auto left = static_cast<double>(a(i, j));
      for (std::size_t k = 0; k < svd.s.size(); ++k)
        left -= static_cast<double>(svd.u(i, static_cast<Index>(k))) * svd.s[k] *
                static_cast<double>(svd.v(j, static_cast<Index>(k)));
      sum += left * left;
    }
  }
  return std::sqrt(sum);
}

/// What must hold of every result.
void expect_well_formed(const Svd& svd, Index rows, Index cols) {
  EXPECT_EQ(svd.u.rows(), rows);
  EXPECT_EQ(svd.v.rows(), cols);
  EXPECT_EQ(svd.u.cols(), static_cast<Index>(svd.s.size()));
  EXPECT_EQ(svd.v.cols(), static_cast<Index>(svd.s.size()));
  EXPECT_TRUE(std::ranges::is_sorted(svd.s, std::greater<>()));
  EXPECT_LT(distance_from_orthonormal(svd.u), 1e-5);
  EXPECT_LT(distance_from_orthonormal(svd.v), 1e-5);
  for (Index j = 0; j < svd.v.cols(); ++j) {
    float extreme = 0;
    for (Index i = 0; i < cols; ++i)
      if (std::abs(svd.v(i, j)) > std::abs(extreme)) extreme = svd.v(i, j);
    EXPECT_GT(extreme, 0);
  }
}

Svd decompose(const Matrix& a, int rank, int iterations = 6) {
  ThreadPool pool(2);
  const std::vector<float> ones(static_cast<std::size_t>(a.rows()), 1.0f);
  const Csr sparse = to_csr(a);
  const CenteredRows whole{.dense = {}, .sparse = sparse.view(), .mean = {}, .scale = ones};
  return truncated_svd(std::span(&whole, 1), {rank, 16, iterations, 1}, pool);
}

/// `rows` at a time of a sparse matrix.
RowBlocks blocks_of(const Matrix& a, Index rows) {
  return [&a, rows](const auto& sink) {
    for (Index first = 0; first < a.rows(); first += rows) {
      const Index count = std::min(rows, a.rows() - first);
      Matrix part(count, a.cols());
      for (Index i = 0; i < count; ++i) std::ranges::copy(a.row(first + i), part.row(i).begin());
      sink(to_csr(part).view());
    }
  };
}

RightSvd right(const Matrix& a, Index block, SvdOptions options) {
  ThreadPool pool(2);
  return right_svd(a.rows(), a.cols(), blocks_of(a, block), options, pool);
}

TEST(TruncatedSvd, has_the_exact_singular_values_and_the_smallest_residual) {
  Rng rng(1);
  for (const auto& [rows, cols] : {std::pair<Index, Index>{80, 60}, {60, 80}, {200, 30}}) {
    const Matrix a = random_matrix(rows, cols, rng, 0.2);
    const auto exact = exact_values(a);
    const Svd got = decompose(a, 10, 30);
    expect_well_formed(got, rows, cols);
    ASSERT_EQ(got.s.size(), 10U);
    for (std::size_t k = 0; k < 10; ++k) EXPECT_NEAR(got.s[k], exact[k], 1e-5 * exact[0]) << k;
    double rest = 0;
    for (std::size_t k = 10; k < exact.size(); ++k) rest += exact[k] * exact[k];
    // Eckart and Young: no matrix of rank 10 comes nearer.
    EXPECT_NEAR(residual(a, got), std::sqrt(rest), 1e-4 * exact[0]);
  }
}

TEST(TruncatedSvd, is_near_with_few_iterations) {
  Rng rng(2);
  const Matrix a = random_matrix(120, 90, rng, 0.1);
  const auto exact = exact_values(a);
  const Svd got = decompose(a, 8);
  for (std::size_t k = 0; k < got.s.size(); ++k) {
    EXPECT_LT(got.s[k], exact[k] * (1 + 1e-5));  // a projection never exceeds the truth
    EXPECT_GT(got.s[k], exact[k] * 0.98);
  }
}

TEST(TruncatedSvd, equals_scikit_learn) {
  std::ifstream in(test_data("math/data/svd.txt"));
  Index rows = 0;
  Index cols = 0;
  std::size_t nonzeros = 0;
  ASSERT_TRUE(in >> rows >> cols >> nonzeros);
  Matrix a(rows, cols);
  for (std::size_t k = 0; k < nonzeros; ++k) {
    Index i = 0;
    Index j = 0;
    float value = 0;
    ASSERT_TRUE(in >> i >> j >> value);
    a(i, j) = value;
  }
  int rank = 0;
  ASSERT_TRUE(in >> rank);
  const Svd got = decompose(a, rank, 60);
  ASSERT_EQ(got.s.size(), static_cast<std::size_t>(rank));
  for (const double s : got.s) {
    double want = 0;
    ASSERT_TRUE(in >> want);
    EXPECT_NEAR(s, want, 1e-5 * got.s[0]);
  }
  for (Index k = 0; k < rank; ++k) {
    for (Index j = 0; j < cols; ++j) {
      double want = 0;
      ASSERT_TRUE(in >> want);
      EXPECT_NEAR(got.v(j, k), want, 1e-4) << k << " " << j;
    }
  }
}

TEST(TruncatedSvd, of_a_diagonal_by_hand) {
  Matrix a(3, 4);
  a(0, 2) = -5;
  a(1, 0) = 3;
  a(2, 1) = 1;
  const Svd got = decompose(a, 2);
  expect_well_formed(got, 3, 4);
  ASSERT_EQ(got.s.size(), 2U);
  EXPECT_NEAR(got.s[0], 5, 1e-5);
  EXPECT_NEAR(got.s[1], 3, 1e-5);
  EXPECT_NEAR(got.u(0, 0), -1, 1e-5);
  EXPECT_NEAR(got.v(2, 0), 1, 1e-5);
  EXPECT_NEAR(got.u(1, 1), 1, 1e-5);
  EXPECT_NEAR(got.v(0, 1), 1, 1e-5);
}

TEST(TruncatedSvd, drops_what_is_beyond_the_rank_of_the_matrix) {
  Rng rng(3);
  for (const Index size : {40, 400}) {
    const Matrix left = random_matrix(size, 3, rng);
    const Matrix right = random_matrix(3, size / 2, rng);
    Matrix a(size, size / 2);
    gemm(left.view(), Transpose::no, right.view(), Transpose::no, a.view());
    const Svd got = decompose(a, 10);
    expect_well_formed(got, size, size / 2);
    EXPECT_EQ(got.s.size(), 3U);
    EXPECT_LT(residual(a, got), 1e-4 * got.s[0]);
  }
}

TEST(TruncatedSvd, takes_every_size_and_a_rank_beyond_it) {
  Rng rng(4);
  for (Index n = 1; n <= 67; n += 3) {
    for (const auto& [rows, cols] : {std::pair<Index, Index>{n, 1}, {1, n}, {n, n / 2 + 1}}) {
      const Matrix a = random_matrix(rows, cols, rng);
      const Svd got = decompose(a, 1000);
      expect_well_formed(got, rows, cols);
      EXPECT_LE(got.s.size(), static_cast<std::size_t>(std::min(rows, cols)));
      EXPECT_LT(residual(a, got), 1e-4 * got.s.at(0)) << rows << " x " << cols;
    }
  }
}

TEST(TruncatedSvd, of_nothing_has_rank_0) {
  for (const auto& [rows, cols] : {std::pair<Index, Index>{5, 4}, {0, 4}, {5, 0}, {0, 0}}) {
    const Svd got = decompose(Matrix(rows, cols), 3);
    EXPECT_TRUE(got.s.empty());
    expect_well_formed(got, rows, cols);
  }
}

TEST(TruncatedSvd, keeps_relative_accuracy_at_any_scale) {
  Rng rng(5);
  const Matrix a = random_matrix(30, 20, rng, 0.5);
  const auto exact = exact_values(a);
  for (const float scale : {1e-18f, 1e18f}) {
    Matrix scaled_a = a;
    for (Index i = 0; i < a.rows(); ++i)
      for (float& value : scaled_a.row(i)) value *= scale;
    const Svd got = decompose(scaled_a, 5, 30);
    for (std::size_t k = 0; k < 5; ++k)
      EXPECT_NEAR(got.s.at(k) / static_cast<double>(scale), exact[k], 1e-5 * exact[0]);
  }
}

TEST(TruncatedSvd, same_seed_gives_the_same_result) {
  Rng rng(6);
  const Matrix a = random_matrix(50, 40, rng, 0.2);
  const Svd one = decompose(a, 5);
  const Svd two = decompose(a, 5);
  EXPECT_EQ(one.s, two.s);
  for (Index i = 0; i < 40; ++i) EXPECT_TRUE(std::ranges::equal(one.v.row(i), two.v.row(i)));
}

// [scale (x - mean) | y], one block sparse and centred, against the same numbers written out.
TEST(TruncatedSvd, of_blocks_side_by_side_is_that_of_their_rows_written_out) {
  Rng rng(9);
  const Matrix x = random_matrix(30, 8, rng, 0.4), y = random_matrix(30, 5, rng);
  const Csr sparse = to_csr(x);
  const auto centering = unit_rows(sparse.view(), {}, true);
  const std::vector<float> ones(30, 1.0f);
  const std::vector<CenteredRows> blocks{
      {.dense = {}, .sparse = sparse.view(), .mean = centering.mean, .scale = centering.scale},
      {.dense = y.view(), .sparse = {}, .mean = {}, .scale = ones}};
  Matrix whole(30, 13);
  for (Index i = 0; i < 30; ++i) {
    std::ranges::copy(row_of(blocks[0], i), whole.row(i).begin());
    std::ranges::copy(y.row(i), whole.row(i).begin() + 8);
  }
  ThreadPool pool(2);
  const Svd got = truncated_svd(std::span(blocks), {4, 16, 30, 1}, pool);
  const auto exact = exact_values(whole);
  expect_well_formed(got, 30, 13);
  ASSERT_EQ(got.s.size(), 4u);
  for (std::size_t k = 0; k < 4; ++k) EXPECT_NEAR(got.s[k], exact[k], 1e-4 * exact[0]);
  double rest = 0;
  for (std::size_t k = 4; k < exact.size(); ++k) rest += exact[k] * exact[k];
  EXPECT_NEAR(residual(whole, got), std::sqrt(rest), 1e-4 * exact[0]);
}

TEST(TruncatedSvd, of_no_blocks_and_of_zeros_has_rank_0) {
  ThreadPool pool(1);
  EXPECT_TRUE(truncated_svd(std::span<const CenteredRows>{}, {}, pool).s.empty());
  const Matrix zeros(3, 2);
  const std::vector<float> scale(3, 1.0f);
  const std::vector<CenteredRows> blocks{{.dense = zeros.view(), .sparse = {}, .mean = {}, .scale = scale}};
  EXPECT_TRUE(truncated_svd(std::span(blocks), {}, pool).s.empty());
}

TEST(TruncatedSvd, refuses_bad_options) {
  const Matrix a(2, 2);
  EXPECT_THROW((void)decompose(a, 0), Error);
  EXPECT_THROW((void)decompose(a, 1, -1), Error);
}

TEST(RightSvd, equals_the_whole_decomposition_in_whatever_blocks_the_rows_come) {
  Rng rng(10);
  for (const auto& [rows, cols] : {std::pair<Index, Index>{80, 60}, {60, 80}, {200, 30}, {5, 90}}) {
    const Matrix a = random_matrix(rows, cols, rng, 0.2);
    const Svd whole = decompose(a, 4, 60);
    for (const Index block : {Index{1}, Index{7}, rows}) {
      SCOPED_TRACE(fmt::format("{} x {} by {}", rows, cols, block));
      const RightSvd got = right(a, block, {4, 16, 60, 2});
      ASSERT_EQ(got.s.size(), whole.s.size());
      EXPECT_LT(distance_from_orthonormal(got.v), 1e-5);
      for (std::size_t k = 0; k < got.s.size(); ++k)
        EXPECT_NEAR(got.s[k], whole.s[k], 1e-5 * whole.s[0]) << k;
      for (Index j = 0; j < cols; ++j)
        for (Index k = 0; k < got.v.cols(); ++k) EXPECT_NEAR(got.v(j, k), whole.v(j, k), 2e-3);
    }
  }
}

TEST(RightSvd, has_values_that_are_not_squared_on_the_way) {
  // 1e-4 beside 1: squared, that is lost in float. Of 60 columns 21 are gone after.
  Matrix a(70, 60);
  for (Index k = 0; k < 60; ++k) a(k + 1, k) = k < 5 ? std::pow(0.1f, static_cast<float>(k)) : 1e-6f;
  const RightSvd got = right(a, 9, {5, 16, 6, 1});
  ASSERT_EQ(got.s.size(), 5U);
  for (std::size_t k = 0; k < 5; ++k) EXPECT_NEAR(got.s[k] / std::pow(0.1, static_cast<double>(k)), 1, 1e-3);
}

TEST(RightSvd, keeps_relative_accuracy_at_any_scale) {
  Rng rng(5);
  const Matrix a = random_matrix(30, 20, rng, 0.5);
  const auto exact = exact_values(a);
  for (const float scale : {1e-25f, 1e25f}) {
    Matrix scaled_a = a;
    for (Index i = 0; i < a.rows(); ++i)
      for (float& value : scaled_a.row(i)) value *= scale;
    const RightSvd got = right(scaled_a, 7, {5, 16, 30, 1});
    for (std::size_t k = 0; k < 5; ++k)
      EXPECT_NEAR(got.s.at(k) / static_cast<double>(scale), exact[k], 1e-5 * exact[0]);
  }
}

TEST(RightSvd, drops_what_is_beyond_the_rank_of_the_matrix) {
  Rng rng(3);
  const Matrix left = random_matrix(300, 3, rng), across = random_matrix(3, 200, rng);
  Matrix a(300, 200);
  gemm(left.view(), Transpose::no, across.view(), Transpose::no, a.view());
  EXPECT_EQ(right(a, 64, {10, 16, 6, 1}).s.size(), 3U);
}

TEST(RightSvd, of_nothing_has_rank_0) {
  for (const auto& [rows, cols] : {std::pair<Index, Index>{5, 4}, {0, 4}, {5, 0}, {0, 0}}) {
    const auto got = right(Matrix(rows, cols), 2, {3, 16, 6, 1});
    EXPECT_TRUE(got.s.empty());
    EXPECT_EQ(got.v.rows(), cols);
    EXPECT_EQ(got.v.cols(), 0);
  }
  // Zeros that are stored are zeros.
  ThreadPool pool(1);
  const Csr zeros{2, 2, {0, 1, 2}, {0, 1}, {0, 0}};
  EXPECT_TRUE(right_svd(2, 2, [&](const auto& sink) { sink(zeros.view()); }, {}, pool).s.empty());
}

TEST(RightSvd, is_the_same_for_a_seed_whatever_the_threads) {
  Rng rng(6);
  const Matrix a = random_matrix(900, 700, rng, 0.02);
  ThreadPool one(1), three(3);
  const SvdOptions options{5, 16, 6, 1};
  const auto got = right_svd(900, 700, blocks_of(a, 100), options, one);
  const auto again = right_svd(900, 700, blocks_of(a, 100), options, three);
  EXPECT_EQ(got.s, again.s);
  for (Index i = 0; i < 700; ++i) EXPECT_TRUE(std::ranges::equal(got.v.row(i), again.v.row(i)));
}

TEST(RightSvd, refuses_bad_values_and_options) {
  Matrix a(2, 2);
  a(1, 1) = std::numeric_limits<float>::quiet_NaN();
  try {
    right(a, 1, {1, 16, 6, 1});
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), ::testing::HasSubstr("row 1 holds nan")) << "of all rows, not of its block";
  }
  a(1, 1) = std::numeric_limits<float>::infinity();
  EXPECT_THROW((void)right(a, 1, {1, 16, 6, 1}), Error);
  a(1, 1) = 1;
  EXPECT_THROW((void)right(a, 1, {0, 16, 6, 1}), Error);
  EXPECT_THROW((void)right(a, 1, {1, -1, 6, 1}), Error);
  EXPECT_THROW((void)right(a, 1, {1, 16, -1, 1}), Error);
}

}  // namespace
}  // namespace medley::math

#include "medley/math/centered_rows.h"

#include "medley/core/error.h"
#include "medley/math/dense.h"

#include "tests/math/matrices.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

namespace medley::math {
namespace {

using test::random_matrix;
using test::scalar_product;
using test::to_csr;
using test::transposed;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// The same rows held densely and sparsely, with what scales and centres them, and X itself by the
/// definition.
struct Case {
  Case(Index rows, Index cols, bool centre, Rng& rng)
      : x(random_matrix(rows, cols, rng, 0.4)), csr(to_csr(x)), product(rows, cols) {
    for (Index i = 0; i < rows; ++i)
      scale.push_back(i % 5 == 3 ? 0.0f : static_cast<float>(rng.uniform() + .5));
    for (Index j = 0; centre && j < cols; ++j) mean.push_back(static_cast<float>(rng.normal()));
    for (Index i = 0; i < rows; ++i) {
      for (Index j = 0; j < cols; ++j)
        product(i, j) = static_cast<double>(scale[static_cast<std::size_t>(i)]) *
                        (static_cast<double>(x(i, j)) -
                         (centre ? static_cast<double>(mean[static_cast<std::size_t>(j)]) : 0.0));
    }
  }
  CenteredRows dense() const { return {x.view(), std::nullopt, mean, scale}; }
  CenteredRows sparse() const { return {{}, csr.view(), mean, scale}; }

  Matrix x;
  Csr csr;
  std::vector<float> mean;
  std::vector<float> scale;
  MatrixF64 product;
};

/// Calls `check(rows, definition)` for dense and sparse rows, with and without a mean, over sizes 0 to 67.
template <class Check>
void at_every_size(Check check) {
  Rng rng(5);
  for (Index n = 0; n <= 67; n += n < 9 ? 1 : 7) {
    for (const bool centre : {false, true}) {
      const Case one(n, n / 2 + 1, centre, rng);
      check(one.dense(), one.product);
      check(one.sparse(), one.product);
    }
  }
}

// Entries are below 10 in magnitude and sums have fewer than 70 terms of up to 100, each rounded to 2^-24.
constexpr double kBound = 70 * 100 * 0x1.0p-22;

TEST(CenteredRows, rows_follow_the_definition) {
  at_every_size([](const CenteredRows& rows, const MatrixF64& x) {
    ASSERT_EQ(rows.rows(), x.rows());
    for (Index i = 0; i < x.rows(); ++i) {
      const auto row = row_of(rows, i);
      ASSERT_EQ(row.size(), static_cast<std::size_t>(x.cols()));
      for (Index j = 0; j < x.cols(); ++j) EXPECT_NEAR(row[static_cast<std::size_t>(j)], x(i, j), 1e-5);
    }
  });
}

TEST(CenteredRows, inner_products_follow_the_definition) {
  at_every_size([](const CenteredRows& rows, const MatrixF64& x) {
    for (Index i = 0; i < x.rows(); ++i) {
      for (Index j = 0; j <= i; ++j) {
        double want = 0;
        for (Index k = 0; k < x.cols(); ++k) want += x(i, k) * x(j, k);
        EXPECT_NEAR(inner_product(rows, i, j), want, 1e-10);
        EXPECT_EQ(inner_product(rows, i, j), inner_product(rows, j, i));
      }
    }
  });
}

TEST(CenteredRows, weighted_sums_follow_the_definition) {
  Rng rng(6);
  ThreadPool pool(2);
  at_every_size([&](const CenteredRows& rows, const MatrixF64& x) {
    const Matrix weights = random_matrix(11, x.rows(), rng, 0.3);
    Matrix out(11, x.cols());
    for (Index b = 0; b < 11; ++b) std::ranges::fill(out.row(b), std::numeric_limits<float>::quiet_NaN());
    weighted_sum(to_csr(weights).view(), rows, out.view(), pool);
    for (Index b = 0; b < 11; ++b) {
      for (Index j = 0; j < x.cols(); ++j) {
        double want = 0;
        for (Index i = 0; i < x.rows(); ++i) want += static_cast<double>(weights(b, i)) * x(i, j);
        EXPECT_NEAR(out(b, j), want, kBound);
      }
    }
  });
}

TEST(CenteredRows, inner_products_with_profiles_are_added_to_what_is_there) {
  Rng rng(7);
  ThreadPool pool(2);
  at_every_size([&](const CenteredRows& rows, const MatrixF64& x) {
    // More profiles than one block holds.
    const Index batch = 131;
    const Matrix profiles = random_matrix(batch, x.cols(), rng);
    const Matrix before = random_matrix(batch, x.rows(), rng);
    Matrix out = before;
    add_inner_products(profiles.view(), rows, -2.0f, out.view(), pool);
    for (Index b = 0; b < batch; ++b) {
      for (Index i = 0; i < x.rows(); ++i) {
        double want = 0;
        for (Index j = 0; j < x.cols(); ++j) want += static_cast<double>(profiles(b, j)) * x(i, j);
        EXPECT_NEAR(out(b, i), static_cast<double>(before(b, i)) - 2 * want, kBound);
      }
    }
  });
}

TEST(CenteredRows, shapes_that_do_not_fit_are_refused) {
  ThreadPool pool(1);
  Rng rng(8);
  const Case one(4, 3, true, rng);
  const Csr weights = to_csr(random_matrix(2, 4, rng));
  Matrix out(2, 4);
  EXPECT_THROW(weighted_sum(weights.view(), one.dense(), out.view(), pool), Error);
  EXPECT_THROW(add_inner_products(Matrix(2, 2).view(), one.dense(), 1, out.view(), pool), Error);
  EXPECT_THROW(add_inner_products(Matrix(3, 3).view(), one.dense(), 1, out.view(), pool), Error);
  auto short_scale = one.dense();
  short_scale.scale = short_scale.scale.first(3);
  EXPECT_THROW(add_inner_products(Matrix(2, 3).view(), short_scale, 1, out.view(), pool), Error);
}

TEST(UnitRows, by_hand) {
  Matrix x(3, 2);
  x(0, 0) = 3;
  x(1, 0) = -3;
  x(2, 0) = 100;
  const std::vector<std::uint8_t> present{1, 1, 0};
  for (const auto& got : {unit_rows(x.view(), present), unit_rows(to_csr(x).view(), present)}) {
    EXPECT_THAT(got.mean, ElementsAre(0, 0));
    EXPECT_THAT(got.scale, ElementsAre(1.0f / 3, 1.0f / 3, 0));
  }
  for (const auto& got : {unit_rows(x.view(), {}, false), unit_rows(to_csr(x).view(), {}, false)}) {
    EXPECT_THAT(got.mean, IsEmpty());
    EXPECT_THAT(got.scale, ElementsAre(1.0f / 3, 1.0f / 3, .01f));
  }
}

TEST(UnitRows, give_rows_of_length_one_around_the_mean_of_those_present) {
  Rng rng(9);
  for (const double offset : {0.0, 1000.0}) {
    Matrix x = random_matrix(40, 12, rng);
    for (Index i = 0; i < x.rows(); ++i)
      for (float& value : x.row(i)) value += static_cast<float>(offset);
    std::vector<std::uint8_t> present(40, 1);
    present[7] = 0;
    const Csr csr = to_csr(x);
    const auto dense = unit_rows(x.view(), present);
    const auto sparse = unit_rows(csr.view(), present);
    EXPECT_EQ(dense.mean, sparse.mean);
    std::vector<double> sums(12);
    for (Index i = 0; i < 40; ++i) {
      const double length = inner_product({x.view(), std::nullopt, dense.mean, dense.scale}, i, i);
      EXPECT_NEAR(length, i == 7 ? 0 : 1, 1e-6);
      EXPECT_NEAR(dense.scale[static_cast<std::size_t>(i)], sparse.scale[static_cast<std::size_t>(i)], 1e-5);
      for (Index j = 0; j < 12; ++j)
        sums[static_cast<std::size_t>(j)] += i == 7 ? 0 : static_cast<double>(x(i, j));
    }
    for (std::size_t j = 0; j < 12; ++j) EXPECT_FLOAT_EQ(dense.mean[j], static_cast<float>(sums[j] / 39));
  }
}

TEST(UnitRows, a_row_equal_to_the_mean_is_zero_not_noise) {
  Matrix x(7, 33);
  Rng rng(10);
  for (Index j = 0; j < 33; ++j) {
    const auto value = static_cast<float>(rng.normal());
    for (Index i = 0; i < 7; ++i) x(i, j) = value;
  }
  EXPECT_THAT(unit_rows(x.view(), {}).scale, Each(0.0f));
  EXPECT_THAT(unit_rows(to_csr(x).view(), {}).scale, Each(0.0f));
}

TEST(UnitRows, zero_rows_and_no_rows_are_finite) {
  for (const bool centre : {false, true}) {
    const Matrix zeros(3, 4);
    EXPECT_THAT(unit_rows(zeros.view(), {}, centre).scale, Each(0.0f));
    EXPECT_THAT(unit_rows(to_csr(zeros).view(), {}, centre).scale, Each(0.0f));
    const Matrix none(0, 4);
    EXPECT_THAT(unit_rows(none.view(), {}, centre).scale, IsEmpty());
    const std::vector<std::uint8_t> absent(3, 0);
    const auto got = unit_rows(zeros.view(), absent, centre);
    EXPECT_THAT(got.scale, Each(0.0f));
    EXPECT_EQ(got.mean, std::vector<float>(centre ? 4 : 0));
  }
}

TEST(CenteredRows, products_with_columns_are_those_of_the_rows_written_out) {
  Rng rng(4);
  ThreadPool pool(2);
  const Matrix x = random_matrix(20, 7, rng, 0.5);
  const Csr sparse = to_csr(x);
  std::vector<float> mean(7), scale(20);
  for (auto& value : mean) value = static_cast<float>(rng.normal());
  for (auto& value : scale) value = static_cast<float>(rng.uniform());
  scale[3] = 0;
  const Matrix right = random_matrix(7, 3, rng), left = random_matrix(20, 3, rng);
  for (const bool is_sparse : {false, true}) {
    CenteredRows rows{.dense = x.view(), .sparse = {}, .mean = mean, .scale = scale};
    if (is_sparse) rows = {.dense = {}, .sparse = sparse.view(), .mean = mean, .scale = scale};
    Matrix whole(20, 7);
    for (Index i = 0; i < 20; ++i) std::ranges::copy(row_of(rows, i), whole.row(i).begin());
    Matrix out(20, 3), back(7, 3);
    multiply(rows, right.view(), out.view(), pool);
    multiply_transposed(rows, left.view(), back.view(), pool);
    const auto forth = scalar_product(whole, right),
               transpose_product = scalar_product(transposed(whole), left);
    for (Index i = 0; i < 20; ++i)
      for (Index c = 0; c < 3; ++c) EXPECT_NEAR(out(i, c), forth.value(i, c), 1e-5);
    for (Index j = 0; j < 7; ++j)
      for (Index c = 0; c < 3; ++c) EXPECT_NEAR(back(j, c), transpose_product.value(j, c), 1e-5);
  }
  EXPECT_THROW(multiply_transposed({.dense = x.view(), .sparse = {}, .mean = {}, .scale = scale},
                                   right.view(), Matrix(7, 3).view(), pool),
               Error);
}

TEST(UnitRows, refuse_numbers_that_are_not_finite_where_a_row_is_present) {
  Matrix x(2, 2);
  x(1, 0) = std::numeric_limits<float>::quiet_NaN();
  const std::vector<std::uint8_t> first{1, 0};
  for (const bool centre : {false, true}) {
    EXPECT_THROW((void)unit_rows(x.view(), {}, centre), Error);
    EXPECT_THROW((void)unit_rows(to_csr(x).view(), {}, centre), Error);
    EXPECT_NO_THROW((void)unit_rows(x.view(), first, centre));
  }
  EXPECT_THROW((void)unit_rows(x.view(), std::vector<std::uint8_t>{1}), Error);
}

}  // namespace
}  // namespace medley::math

#include "medley/math/csr.h"

#include "medley/core/error.h"

#include "tests/math/matrices.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

namespace medley::math {
namespace {

using test::differs;
using test::random_matrix;
using test::scalar_product;
using test::to_csr;
using test::to_dense;
using test::transposed;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

/// [1 0 2; 0 0 0; 0 3 4]
Csr small() {
  return {3, 3, {0, 2, 2, 4}, {0, 2, 1, 2}, {1, 2, 3, 4}};
}

/// A result to be overwritten: whatever is not written stays NaN and fails the comparison.
Matrix unwritten(Index rows, Index cols) {
  Matrix out(rows, cols);
  for (Index i = 0; i < rows; ++i) std::ranges::fill(out.row(i), kNan);
  return out;
}

std::string fault(const Csr& matrix) {
  try {
    check_csr(matrix.view(), "log");
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::corrupt_data);
    return error.what();
  }
  return {};
}

TEST(Csr, rows_show_their_own_part) {
  const Csr matrix = small();
  EXPECT_THAT(matrix.view().row_indices(0), ElementsAre(0, 2));
  EXPECT_THAT(matrix.view().row_values(2), ElementsAre(3, 4));
  EXPECT_TRUE(matrix.view().row_indices(1).empty());
  EXPECT_EQ(matrix.view().nonzeros(), 4);
  EXPECT_EQ(Csr{}.view().nonzeros(), 0);
}

TEST(Csr, check_passes_what_fits_together) {
  EXPECT_EQ(fault(small()), "");
  EXPECT_EQ(fault(Csr{}), "");
  EXPECT_EQ(fault(Csr{2, 0, {0, 0, 0}, {}, {}}), "");
}

TEST(Csr, check_names_each_fault) {
  const auto broken = [](auto change) {
    Csr matrix = small();
    change(matrix);
    return fault(matrix);
  };
  EXPECT_THAT(broken([](Csr& m) { m.rows = -1; }), HasSubstr("log: a shape of [-1 x 3]"));
  EXPECT_THAT(broken([](Csr& m) { m.cols = Index{1} << 40; }), HasSubstr("not possible"));
  EXPECT_THAT(broken([](Csr& m) { m.rows = 4; }), HasSubstr("4 row offsets for 4 rows"));
  EXPECT_THAT(broken([](Csr& m) { m.indptr[0] = 1; }), HasSubstr("begins at 1"));
  EXPECT_THAT(broken([](Csr& m) { m.indptr[1] = 3; }), HasSubstr("row 1 ends at 2, before its begin 3"));
  EXPECT_THAT(broken([](Csr& m) { m.indptr[3] = 5; }), HasSubstr("promise 5"));
  EXPECT_THAT(broken([](Csr& m) { m.values.pop_back(); }), HasSubstr("3 values"));
  EXPECT_THAT(broken([](Csr& m) { m.indices[1] = 3; }), HasSubstr("column number 3 is outside of [0, 3)"));
  EXPECT_THAT(broken([](Csr& m) { m.indices[1] = -1; }), HasSubstr("column number -1"));
}

TEST(Csr, transpose_keeps_every_entry_and_sorts_rows) {
  const Csr flipped = transpose(small().view());
  EXPECT_EQ(flipped.rows, 3);
  EXPECT_THAT(flipped.indptr, ElementsAre(0, 1, 2, 4));
  EXPECT_THAT(flipped.indices, ElementsAre(0, 2, 0, 2));
  EXPECT_THAT(flipped.values, ElementsAre(1, 3, 2, 4));
  Rng rng(3);
  const Csr wide = to_csr(random_matrix(5, 37, rng, 0.3));
  const Csr back = transpose(transpose(wide.view()).view());
  EXPECT_EQ(back.indptr, wide.indptr);
  EXPECT_EQ(back.indices, wide.indices);
  EXPECT_EQ(back.values, wide.values);
  const Csr empty = transpose(Csr{0, 2, {0}, {}, {}}.view());
  EXPECT_THAT(empty.indptr, ElementsAre(0, 0, 0));
}

TEST(Csr, sums_and_scaling_by_hand) {
  const Csr matrix = small();
  EXPECT_THAT(row_sums(matrix.view()), ElementsAre(3, 0, 7));
  EXPECT_THAT(column_sums(matrix.view()), ElementsAre(1, 3, 6));
  const Csr out = scaled(matrix.view(), std::vector<double>{2, 1, .5}, std::vector<double>{1, 10, 100});
  EXPECT_THAT(out.values, ElementsAre(2, 400, 15, 200));
  EXPECT_EQ(out.indices, matrix.indices);
  EXPECT_THROW((void)scaled(matrix.view(), std::vector<double>{1}, std::vector<double>{1, 1, 1}), Error);
}

TEST(Csr, products_equal_the_scalar_loop_at_every_size) {
  Rng rng(7);
  ThreadPool pool(2);
  for (Index n = 0; n <= 67; ++n) {
    // Rows of mostly zeros are skipped where all of a batch are.
    for (const double density : {0.1, 1.0}) {
      const Matrix sparse_dense = random_matrix(n, n / 2 + 3, rng, 0.3);
      const Csr sparse = to_csr(sparse_dense);
      const Index batch = (n * 7) % 23;
      const Matrix left = random_matrix(batch, n, rng, density);
      Matrix out = unwritten(batch, sparse.cols);
      multiply(left.view(), sparse.view(), out.view(), pool);
      EXPECT_EQ(differs(out.view(), scalar_product(left, sparse_dense)), "") << n;

      const Matrix wide = random_matrix(batch, sparse.cols, rng, density);
      out = unwritten(batch, n);
      multiply_transposed(wide.view(), sparse.view(), out.view(), pool);
      EXPECT_EQ(differs(out.view(), scalar_product(wide, transposed(sparse_dense))), "") << n;

      const Matrix right = random_matrix(sparse.cols, batch, rng, density);
      out = unwritten(n, batch);
      multiply(sparse.view(), right.view(), out.view(), pool);
      EXPECT_EQ(differs(out.view(), scalar_product(sparse_dense, right)), "") << n;
    }
  }
}

TEST(Csr, products_respect_strides) {
  Rng rng(8);
  ThreadPool pool(1);
  const Csr sparse = small();
  const Matrix wide = random_matrix(9, 5, rng);
  Matrix left(9, 3);
  for (Index i = 0; i < 9; ++i)
    for (Index j = 0; j < 3; ++j) left(i, j) = wide(i, j + 1);
  Matrix place = unwritten(9, 8);
  const MatrixView<const float> inner(wide.data() + 1, 9, 3, 5);
  const MatrixView<float> out(place.data() + 2, 9, 3, 8);
  multiply(inner, sparse.view(), out, pool);
  EXPECT_EQ(differs(out, scalar_product(left, to_dense(sparse.view()))), "");
  multiply_transposed(inner, sparse.view(), out, pool);
  EXPECT_EQ(differs(out, scalar_product(left, transposed(to_dense(sparse.view())))), "");
  EXPECT_TRUE(std::isnan(place(4, 1)) && std::isnan(place(4, 5)));
}

TEST(Csr, products_do_not_depend_on_the_number_of_threads) {
  Rng rng(9);
  ThreadPool one(1);
  ThreadPool four(4);
  const Csr sparse = to_csr(random_matrix(60, 41, rng, 0.2));
  const Matrix left = random_matrix(53, 60, rng, 0.6);
  Matrix a(53, 41);
  Matrix b(53, 41);
  multiply(left.view(), sparse.view(), a.view(), one);
  multiply(left.view(), sparse.view(), b.view(), four);
  for (Index i = 0; i < 53; ++i) EXPECT_TRUE(std::ranges::equal(a.row(i), b.row(i)));
}

TEST(Csr, products_do_not_depend_on_how_rows_are_batched) {
  Rng rng(10);
  ThreadPool pool(2);
  const Csr sparse = to_csr(random_matrix(60, 41, rng, 0.2));
  const Matrix left = random_matrix(21, 60, rng, 0.3);
  const Matrix wide = random_matrix(21, 41, rng);
  Matrix together(21, 41);
  Matrix alone(1, 41);
  Matrix wide_together(21, 60);
  Matrix wide_alone(1, 60);
  multiply(left.view(), sparse.view(), together.view(), pool);
  multiply_transposed(wide.view(), sparse.view(), wide_together.view(), pool);
  for (Index b = 0; b < 21; ++b) {
    multiply(left.view().block(b, 1), sparse.view(), alone.view(), pool);
    EXPECT_TRUE(std::ranges::equal(alone.row(0), together.row(b)));
    multiply_transposed(wide.view().block(b, 1), sparse.view(), wide_alone.view(), pool);
    EXPECT_TRUE(std::ranges::equal(wide_alone.row(0), wide_together.row(b)));
  }
}

TEST(Csr, gram_equals_the_scalar_loop_and_is_exactly_symmetric) {
  Rng rng(11);
  ThreadPool pool(2);
  for (Index n = 0; n <= 67; ++n) {
    const Matrix dense = random_matrix(n, n + 1, rng, 0.4);
    Matrix out = unwritten(n + 1, n + 1);
    gram(to_csr(dense).view(), out.view(), pool);
    EXPECT_EQ(differs(out.view(), scalar_product(transposed(dense), dense)), "") << n;
    for (Index i = 0; i <= n; ++i)
      for (Index j = 0; j < i; ++j) EXPECT_EQ(out(i, j), out(j, i));
  }
}

TEST(Csr, products_refuse_shapes_that_do_not_fit) {
  ThreadPool pool(1);
  const Csr sparse = small();
  Matrix out(2, 3);
  EXPECT_THROW(multiply(Matrix(2, 4).view(), sparse.view(), out.view(), pool), Error);
  EXPECT_THROW(multiply(Matrix(1, 3).view(), sparse.view(), out.view(), pool), Error);
  EXPECT_THROW(multiply_transposed(Matrix(2, 2).view(), sparse.view(), out.view(), pool), Error);
  EXPECT_THROW(multiply(sparse.view(), Matrix(2, 3).view(), out.view(), pool), Error);
  EXPECT_THROW(gram(sparse.view(), out.view(), pool), Error);
}

}  // namespace
}  // namespace medley::math

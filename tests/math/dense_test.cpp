#include "medley/math/dense.h"

#include "medley/core/error.h"

#include "tests/math/matrices.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <numeric>

namespace medley::math {
namespace {

using test::differs;
using test::random_matrix;
using test::scalar_product;
using test::transposed;
using ::testing::HasSubstr;

/// X'X + I of a random X, in T.
template <class T>
BasicMatrix<T> random_spd(Index n, Rng& rng) {
  const Matrix x = random_matrix(n + 2, n, rng);
  const auto product = scalar_product(transposed(x), x);
  BasicMatrix<T> out(n, n);
  for (Index i = 0; i < n; ++i)
    for (Index j = 0; j < n; ++j) out(i, j) = static_cast<T>(product.value(i, j) + (i == j ? 1 : 0));
  return out;
}

/// The largest entry of |a b - I|.
template <class T>
double distance_from_identity(const BasicMatrix<T>& a, const BasicMatrix<T>& b) {
  double worst = 0;
  for (Index i = 0; i < a.rows(); ++i) {
    for (Index j = 0; j < a.rows(); ++j) {
      double sum = i == j ? -1 : 0;
      for (Index k = 0; k < a.rows(); ++k) sum += static_cast<double>(a(i, k)) * static_cast<double>(b(k, j));
      worst = std::max(worst, std::abs(sum));
    }
  }
  return worst;
}

template <class T>
std::string fault_of_inverse(BasicMatrix<T> a) {
  try {
    invert_spd(a.view());
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::invalid_argument);
    return error.what();
  }
  return {};
}

TEST(Gemm, equals_the_scalar_loop_at_every_size_and_transposition) {
  Rng rng(1);
  for (Index n = 0; n <= 67; ++n) {
    const Matrix a = random_matrix(n, n / 2 + 1, rng);
    const Matrix b = random_matrix(n / 2 + 1, n % 13, rng);
    const auto want = scalar_product(a, b);
    const Matrix a_flipped = transposed(a);
    const Matrix b_flipped = transposed(b);
    for (const auto ta : {Transpose::no, Transpose::yes}) {
      for (const auto tb : {Transpose::no, Transpose::yes}) {
        Matrix c(n, n % 13);
        for (Index i = 0; i < n; ++i) std::ranges::fill(c.row(i), std::numeric_limits<float>::quiet_NaN());
        gemm(ta == Transpose::no ? a.view() : a_flipped.view(), ta,
             tb == Transpose::no ? b.view() : b_flipped.view(), tb, c.view());
        EXPECT_EQ(differs(c.view(), want), "") << n;
      }
    }
  }
}

TEST(Gemm, adds_what_alpha_and_beta_say) {
  MatrixF64 a(1, 2);
  a(0, 0) = 2;
  a(0, 1) = 3;
  MatrixF64 c(1, 1);
  c(0, 0) = 100;
  const MatrixF64& fixed = a;
  gemm(fixed.view(), Transpose::no, fixed.view(), Transpose::yes, c.view(), 10.0, 0.5);
  EXPECT_EQ(c(0, 0), 10 * 13 + 50);
}

TEST(Gemm, without_inner_terms_only_scales) {
  Matrix c(2, 2);
  c(1, 1) = 4;
  const Matrix a(2, 0);
  const Matrix b(0, 2);
  gemm(a.view(), Transpose::no, b.view(), Transpose::no, c.view(), 1.0f, 0.5f);
  EXPECT_EQ(c(1, 1), 2);
  gemm(a.view(), Transpose::no, b.view(), Transpose::no, c.view());
  EXPECT_EQ(c(1, 1), 0);
}

TEST(Gemm, reads_and_writes_strided_blocks) {
  Rng rng(2);
  const Matrix wide = random_matrix(4, 9, rng);
  Matrix a(4, 3);
  for (Index i = 0; i < 4; ++i)
    for (Index j = 0; j < 3; ++j) a(i, j) = wide(i, j + 5);
  Matrix place(4, 7);
  const MatrixView<float> c(place.data() + 1, 4, 4, 7);
  const MatrixView<const float> inner(wide.data() + 5, 4, 3, 9);
  gemm(inner, Transpose::no, inner, Transpose::yes, c);
  EXPECT_EQ(differs(c, scalar_product(a, transposed(a))), "");
  EXPECT_EQ(place(0, 0), 0);
  EXPECT_EQ(place(2, 5), 0);
}

TEST(Gemm, refuses_shapes_that_do_not_fit) {
  const Matrix a(2, 3);
  const Matrix b(2, 3);
  Matrix c(2, 2);
  EXPECT_THROW(gemm(a.view(), Transpose::no, b.view(), Transpose::no, c.view()), Error);
  EXPECT_THROW(gemm(a.view(), Transpose::yes, b.view(), Transpose::no, c.view()), Error);
  EXPECT_NO_THROW(gemm(a.view(), Transpose::no, b.view(), Transpose::yes, c.view()));
}

TEST(InvertSpd, times_the_matrix_is_the_identity_at_every_size) {
  Rng rng(3);
  for (Index n = 0; n <= 67; ++n) {
    const auto exact = random_spd<double>(n, rng);
    auto inverse = exact;
    invert_spd(inverse.view());
    EXPECT_LT(distance_from_identity(exact, inverse), 1e-11) << n;
    const auto rough = random_spd<float>(n, rng);
    auto rough_inverse = rough;
    invert_spd(rough_inverse.view());
    // |X'X + I| is below (sqrt(n + 2) + sqrt(n))^2 + 1, about 4n: an error of n * 4n * 2^-24 at the most.
    EXPECT_LT(distance_from_identity(rough, rough_inverse), static_cast<double>(4 * n * n + 8) * 0x1.0p-22)
        << n;
    for (Index i = 0; i < n; ++i)
      for (Index j = 0; j < i; ++j) EXPECT_EQ(rough_inverse(i, j), rough_inverse(j, i));
  }
}

TEST(InvertSpd, by_hand) {
  Matrix a(2, 2);
  a(0, 0) = 2;
  a(0, 1) = a(1, 0) = 1;
  a(1, 1) = 1;
  invert_spd(a.view());
  EXPECT_NEAR(a(0, 0), 1, 1e-6);
  EXPECT_NEAR(a(0, 1), -1, 1e-6);
  EXPECT_NEAR(a(1, 0), -1, 1e-6);
  EXPECT_NEAR(a(1, 1), 2, 1e-6);
}

TEST(InvertSpd, inverts_a_strided_block_alone) {
  Matrix place(2, 5);
  place(0, 1) = 4;
  place(1, 2) = 2;
  invert_spd(MatrixView<float>(place.data() + 1, 2, 2, 5));
  EXPECT_FLOAT_EQ(place(0, 1), .25f);
  EXPECT_FLOAT_EQ(place(1, 2), .5f);
  EXPECT_EQ(place(0, 0), 0);
  EXPECT_EQ(place(0, 3), 0);
}

TEST(InvertSpd, refuses_what_is_not_positive_definite) {
  MatrixF64 indefinite(2, 2);
  indefinite(0, 1) = indefinite(1, 0) = 1;
  EXPECT_THAT(fault_of_inverse(indefinite), HasSubstr("not positive definite"));
  EXPECT_THAT(fault_of_inverse(Matrix(3, 3)), HasSubstr("[3 x 3]: it is not positive definite (pivot 1)"));
  EXPECT_THAT(fault_of_inverse(Matrix(3, 2)), HasSubstr("not square"));
}

TEST(InvertSpd, never_gives_nan) {
  for (const float bad : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
    Matrix a(3, 3);
    for (Index i = 0; i < 3; ++i) a(i, i) = 1;
    a(1, 1) = bad;
    EXPECT_NE(fault_of_inverse(a), "") << bad;
  }
}

TEST(MirrorUpper, copies_the_upper_triangle_at_every_size) {
  Rng rng(4);
  for (Index n = 0; n <= 67; ++n) {
    const Matrix before = random_matrix(n, n, rng);
    Matrix after = before;
    mirror_upper(after.view());
    for (Index i = 0; i < n; ++i)
      for (Index j = 0; j < n; ++j) EXPECT_EQ(after(i, j), before(std::min(i, j), std::max(i, j)));
  }
}

TEST(Dot, equals_the_scalar_loop_at_every_size_and_offset) {
  Rng rng(5);
  const Matrix a = random_matrix(1, 80, rng);
  const Matrix b = random_matrix(1, 80, rng);
  for (std::size_t n = 0; n <= 67; ++n) {
    for (std::size_t offset = 0; offset < 4; ++offset) {
      const auto x = a.row(0).subspan(offset, n);
      const auto y = b.row(0).subspan(3 - offset, n);
      const double want = std::inner_product(x.begin(), x.end(), y.begin(), 0.0, std::plus<>(),
                                             [](float p, float q) { return static_cast<double>(p) * q; });
      EXPECT_NEAR(dot(x, y), want, 1e-12);
      EXPECT_NEAR(norm(x) * norm(x), dot(x, x), 1e-12);
    }
  }
  EXPECT_THROW((void)dot(a.row(0), b.row(0).first(3)), Error);
}

TEST(AddScaled, equals_the_scalar_loop_at_every_size_and_offset) {
  Rng rng(6);
  const Matrix from = random_matrix(1, 80, rng);
  const Matrix before = random_matrix(1, 80, rng);
  for (std::size_t n = 0; n <= 67; ++n) {
    for (std::size_t offset = 0; offset < 4; ++offset) {
      Matrix to = before;
      add_scaled(-1.5f, from.row(0).subspan(3 - offset, n), to.row(0).subspan(offset, n));
      for (std::size_t i = 0; i < 80; ++i) {
        const bool inside = offset <= i && i < offset + n;
        const float want = before.row(0)[i] + (inside ? -1.5f * from.row(0)[i + 3 - 2 * offset] : 0.0f);
        EXPECT_FLOAT_EQ(to.row(0)[i], want) << n << " " << offset << " " << i;
      }
    }
  }
  Matrix to(1, 2);
  EXPECT_THROW(add_scaled(1, from.row(0), to.row(0)), Error);
}

}  // namespace
}  // namespace medley::math

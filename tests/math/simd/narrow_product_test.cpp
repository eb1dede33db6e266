#include "medley/math/simd/narrow_product.h"

#include "medley/core/error.h"

#include "tests/math/simd/misaligned.h"
#include <gtest/gtest.h>

#include <cmath>

namespace medley::math::simd::test {
namespace {

void expect_product(std::size_t rows, std::size_t inner, std::size_t cols, std::size_t offset) {
  // Rows of A and C are longer than needed, so that a stride is not a width.
  const std::size_t a_stride = inner + 3, c_stride = cols + 1;
  Misaligned a(rows * a_stride, offset, 1), b(inner * cols, 0, 2), c(rows * c_stride, offset + 1, 3);
  const std::vector<float> before(c.values().begin(), c.values().end());
  const auto index = [](std::size_t n) { return static_cast<Index>(n); };
  NarrowProduct({b.values().data(), index(inner), index(cols)})
      .multiply({a.values().data(), index(rows), index(inner), index(a_stride)},
                {c.values().data(), index(rows), index(cols), index(c_stride)});
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < cols; ++j) {
      double expected = 0, magnitude = 0;
      for (std::size_t k = 0; k < inner; ++k) {
        const double term = static_cast<double>(a[i * a_stride + k]) * b[k * cols + j];
        expected += term, magnitude += std::abs(term);
      }
      ASSERT_NEAR(c[i * c_stride + j], expected, static_cast<double>(inner) * 0x1p-24 * magnitude)
          << rows << " x " << inner << " x " << cols;
    }
    ASSERT_EQ(c[i * c_stride + cols], before[i * c_stride + cols]) << "beyond the row";
  }
  ASSERT_TRUE(c.guards_are_whole());
}

TEST(NarrowProduct, is_the_product_at_every_size) {
  for (std::size_t n = 0; n <= 67; ++n) {
    expect_product(n, 5, 20, n % 16);
    expect_product(7, n, 17, n % 16);
    expect_product(7, 9, n, n % 16);
    expect_product(n, n, n, n % 16);
  }
}

TEST(NarrowProduct, refuses_shapes_that_do_not_fit) {
  const Matrix b(3, 2), a(4, 3), wide(4, 2);
  Matrix c(4, 2), other(5, 2);
  const NarrowProduct product(b.view());
  EXPECT_EQ(product.inner(), 3);
  EXPECT_EQ(product.cols(), 2);
  EXPECT_NO_THROW(product.multiply(a.view(), c.view()));
  EXPECT_THROW(product.multiply(wide.view(), c.view()), Error);
  EXPECT_THROW(product.multiply(a.view(), other.view()), Error);
}

}  // namespace
}  // namespace medley::math::simd::test

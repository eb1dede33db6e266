#include "medley/math/simd/vectors.h"

#include "tests/math/simd/misaligned.h"
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace medley::math::simd::test {
namespace {

constexpr double kEpsilon = 0x1p-24;

TEST(Vectors, dot_is_the_sum_of_products) {
  each_size([](std::size_t n, Misaligned& a, Misaligned& b) {
    double expected = 0, magnitude = 0;
    for (std::size_t i = 0; i < n; ++i) {
      expected += static_cast<double>(a[i]) * b[i];
      magnitude += std::abs(static_cast<double>(a[i]) * b[i]);
    }
    ASSERT_NEAR(dot(a.values(), b.values()), expected, static_cast<double>(n) * kEpsilon * magnitude) << n;
  });
}

TEST(Vectors, sum_is_the_sum) {
  each_size([](std::size_t n, Misaligned& a, Misaligned&) {
    double expected = 0, magnitude = 0;
    for (std::size_t i = 0; i < n; ++i) expected += a[i], magnitude += std::abs(a[i]);
    ASSERT_NEAR(sum(a.values()), expected, static_cast<double>(n) * kEpsilon * magnitude) << n;
  });
}

TEST(Vectors, largest_is_found_wherever_it_stands) {
  each_size([](std::size_t n, Misaligned& a, Misaligned&) {
    for (std::size_t at = 0; at < n; at += 5) {
      const float before = a[at];
      a.values()[at] = 2.0f;
      ASSERT_EQ(largest(a.values()), 2.0f) << n << " " << at;
      a.values()[at] = before;
    }
  });
}

TEST(Vectors, sum_at_least_raises_what_is_lower) {
  each_size([](std::size_t n, Misaligned& a, Misaligned&) {
    double expected = 0, magnitude = 0;
    for (std::size_t i = 0; i < n; ++i) {
      expected += std::max(a[i], -0.25f);
      magnitude += std::abs(std::max(a[i], -0.25f));
    }
    ASSERT_NEAR(sum_at_least(a.values(), -0.25f), expected, static_cast<double>(n) * kEpsilon * magnitude)
        << n;
  });
}

TEST(Vectors, spread_is_the_weighted_sum_of_squared_distances) {
  each_size([](std::size_t n, Misaligned& weights, Misaligned& x) {
    double expected = 0, magnitude = 0;
    for (std::size_t i = 0; i < n; ++i) {
      const double square = std::pow(static_cast<double>(x[i]) - 0.3f, 2);
      expected += weights[i] * square;
      magnitude += std::abs(weights[i]) * square;
    }
    // Each term has four roundings of its own.
    ASSERT_NEAR(spread(weights.values(), x.values(), 0.3f), expected,
                (static_cast<double>(n) + 4) * kEpsilon * (magnitude + 0.01))
        << n;
  });
}

TEST(Vectors, axpy_adds_a_multiple_and_touches_nothing_else) {
  each_size([](std::size_t n, Misaligned& x, Misaligned& y) {
    const std::vector<float> before(y.values().begin(), y.values().end());
    axpy(-1.7f, x.values(), y.values());
    for (std::size_t i = 0; i < n; ++i) {
      const double product = -static_cast<double>(1.7f) * x[i];
      ASSERT_NEAR(y[i], before[i] + product, 2 * kEpsilon * (std::abs(before[i]) + std::abs(product)))
          << n << " " << i;
    }
    ASSERT_TRUE(x.guards_are_whole() && y.guards_are_whole()) << n;
  });
}

TEST(Vectors, multiply_is_entry_by_entry_also_in_place) {
  each_size([](std::size_t n, Misaligned& a, Misaligned& b) {
    const std::vector<float> before(b.values().begin(), b.values().end());
    multiply(a.values(), b.values(), b.values());
    for (std::size_t i = 0; i < n; ++i) ASSERT_EQ(b[i], a[i] * before[i]) << n << " " << i;
    ASSERT_TRUE(b.guards_are_whole()) << n;
  });
}

TEST(Vectors, squared_magnitudes_of_complex_numbers) {
  each_size([](std::size_t n, Misaligned& a, Misaligned& b) {
    std::vector<std::complex<float>> z(n + 1);
    for (std::size_t i = 0; i < n; ++i) z[i + 1] = {a[i], b[i]};
    squared_magnitudes(std::span(z).subspan(1), a.values());
    for (std::size_t i = 0; i < n; ++i) {
      const double expected = std::norm(std::complex<double>(z[i + 1]));
      ASSERT_NEAR(a[i], expected, 2 * kEpsilon * expected) << n << " " << i;
    }
    ASSERT_TRUE(a.guards_are_whole()) << n;
  });
}

TEST(Vectors, square_roots_are_exact) {
  each_size([](std::size_t n, Misaligned& a, Misaligned& out) {
    for (auto& value : a.values()) value = std::abs(value);
    square_roots(a.values(), out.values());
    for (std::size_t i = 0; i < n; ++i) ASSERT_EQ(out[i], std::sqrt(a[i])) << n << " " << i;
    ASSERT_TRUE(out.guards_are_whole()) << n;
  });
}

TEST(Vectors, logs_are_within_four_units_in_the_last_place) {
  each_size([](std::size_t n, Misaligned& a, Misaligned& out) {
    for (std::size_t i = 0; i < n; ++i) a.values()[i] = std::exp(30 * a[i]);
    logs(a.values(), 1e-30f, out.values());
    for (std::size_t i = 0; i < n; ++i) {
      const double expected = std::log(static_cast<double>(a[i]));
      ASSERT_NEAR(out[i], expected, 8 * kEpsilon * std::abs(expected) + 1e-12) << n << " " << i;
    }
    ASSERT_TRUE(out.guards_are_whole()) << n;
  });
}

TEST(Vectors, logs_do_not_fall_below_that_of_the_least) {
  const std::vector<float> values{0.0f, -3.0f, 1e-12f, 1.0f, std::numeric_limits<float>::max()};
  std::vector<float> out(5);
  logs(values, 1e-10f, out);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_FLOAT_EQ(out[i], std::log(1e-10f)) << i;
  EXPECT_EQ(out[3], 0.0f);
  EXPECT_FLOAT_EQ(out[4], std::log(std::numeric_limits<float>::max()));
}

}  // namespace
}  // namespace medley::math::simd::test

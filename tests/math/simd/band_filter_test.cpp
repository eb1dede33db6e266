#include "medley/math/simd/band_filter.h"

#include "medley/core/error.h"

#include "tests/math/simd/misaligned.h"
#include <gtest/gtest.h>

#include <cmath>

namespace medley::math::simd::test {
namespace {

TEST(BandFilter, is_the_weighted_sum_over_each_band_wherever_it_lies) {
  for (std::size_t length = 0; length <= 67; ++length) {
    BandFilter filter(length);
    std::vector<std::vector<float>> dense;
    for (std::size_t first = 0; first <= length; first += 3) {
      for (const std::size_t count : {0, 1, 2, 7, 8, 9, 30, 67}) {
        if (first + count > length) continue;
        Misaligned weights(count, 0, first + count);
        filter.add(first, weights.values());
        dense.emplace_back(length);
        std::ranges::copy(weights.values(), dense.back().begin() + static_cast<std::ptrdiff_t>(first));
      }
    }
    ASSERT_EQ(filter.bands(), dense.size());
    for (const std::size_t offset : {0, 1, 5}) {
      Misaligned values(length, offset, length), out(dense.size(), offset + 2, 1);
      filter.apply(values.values(), out.values());
      for (std::size_t b = 0; b < dense.size(); ++b) {
        double expected = 0, magnitude = 0;
        for (std::size_t i = 0; i < length; ++i) {
          expected += static_cast<double>(dense[b][i]) * values[i];
          magnitude += std::abs(static_cast<double>(dense[b][i]) * values[i]);
        }
        ASSERT_NEAR(out[b], expected, 67 * 0x1p-24 * magnitude) << length << " " << b;
      }
      ASSERT_TRUE(out.guards_are_whole()) << length;
    }
  }
}

TEST(BandFilter, refuses_a_band_that_leaves_the_vector) {
  BandFilter filter(10);
  const std::vector<float> three(3, 1.0f);
  EXPECT_THROW(filter.add(8, three), Error);
  EXPECT_THROW(filter.add(11, {}), Error);
  EXPECT_THROW(filter.add(static_cast<std::size_t>(-1), three), Error);
  filter.add(7, three);
  EXPECT_EQ(filter.bands(), 1u);
}

}  // namespace
}  // namespace medley::math::simd::test

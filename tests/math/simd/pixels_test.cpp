#include "medley/math/simd/pixels.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace medley::math::simd::test {
namespace {

std::vector<std::uint8_t> bytes(std::size_t n) {
  std::vector<std::uint8_t> out(n);
  for (std::size_t i = 0; i < n; ++i) out[i] = static_cast<std::uint8_t>(i * 89 + i / 7 * 31);
  return out;
}

TEST(Pixels, weighted_bytes_are_added_at_every_size_and_place) {
  for (std::size_t n = 0; n <= 67; ++n) {
    for (std::size_t shift = 0; shift < 3; ++shift) {
      const auto values = bytes(n + shift);
      std::vector<std::int32_t> sums(n + shift, 17), expected(sums);
      for (std::size_t i = shift; i < n + shift; ++i) expected[i] += -3000 * values[i];
      add_weighted(std::span(values).subspan(shift), -3000, std::span(sums).subspan(shift));
      ASSERT_EQ(sums, expected) << n << " from " << shift;
    }
  }
}

TEST(Pixels, sums_become_bytes_and_stay_within_their_range) {
  for (std::size_t n = 0; n <= 67; ++n) {
    std::vector<std::int32_t> sums(n);
    for (std::size_t i = 0; i < n; ++i) sums[i] = static_cast<std::int32_t>(i) * 400'000 - 5'000'000;
    std::vector<std::uint8_t> out(n), expected(n);
    for (std::size_t i = 0; i < n; ++i)
      expected[i] = static_cast<std::uint8_t>(std::clamp(sums[i] >> 16, 0, 255));
    to_bytes(sums, 16, out);
    ASSERT_EQ(out, expected) << n;
  }
}

TEST(Pixels, a_row_is_made_of_weighted_pixels_up_to_its_last) {
  for (int width = 1; width <= 23; ++width) {
    const auto row = bytes(3 * static_cast<std::size_t>(width));
    constexpr int kMost = 3;
    std::vector<int> first, count;
    std::vector<std::int32_t> weights;
    for (int x = 0; x < width; ++x) {
      first.push_back(std::max(0, x - 1));
      count.push_back(std::min(width, x + 2) - first.back());
      for (int t = 0; t < kMost; ++t) weights.push_back(40 * (t + 1) + x);
    }
    std::vector<std::uint8_t> out(row.size()), expected(row.size());
    for (std::size_t x = 0; x < first.size(); ++x) {
      for (std::size_t c = 0; c < 3; ++c) {
        std::int32_t sum = 128;
        for (int t = 0; t < count[x]; ++t)
          sum += weights[kMost * x + static_cast<std::size_t>(t)] *
                 row[3 * static_cast<std::size_t>(first[x] + t) + c];
        expected[3 * x + c] = static_cast<std::uint8_t>(std::clamp(sum >> 8, 0, 255));
      }
    }
    weigh_pixels(row, {first, count, weights, kMost}, 128, 8, out);
    ASSERT_EQ(out, expected) << width;
  }
}

}  // namespace
}  // namespace medley::math::simd::test

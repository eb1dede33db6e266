#pragma once

#include <cstdint>
#include <span>

// Kernels of a resize in whole numbers: exact on every CPU. Otherwise as simd/vectors.h.

namespace medley::math::simd {

/// sums += weight bytes, entry by entry. Every sum must fit into its 32 bits.
void add_weighted(std::span<const std::uint8_t> bytes, std::int32_t weight, std::span<std::int32_t> sums);

/// out = sums / 2^shift, rounded down and kept within [0, 255]; shift in [0, 31].
void to_bytes(std::span<const std::int32_t> sums, int shift, std::span<std::uint8_t> out);

/// For each place of a row of pixels the pixels of another that it is made of: pixel x is the sum of
/// weights[most x + t] times pixel first[x] + t of the source, t < count[x] <= most.
struct PixelTaps {
  std::span<const int> first;
  std::span<const int> count;
  std::span<const std::int32_t> weights;
  int most = 0;
};

/// The row `out` [3 x taps.first.size()] of three channels side by side: (start + the sum of weighted pixels
/// of `row`) / 2^shift, as `to_bytes`. Every tap must lie in the row,
/// and every sum fit into 32 bits.
void weigh_pixels(std::span<const std::uint8_t> row, const PixelTaps& taps, std::int32_t start, int shift,
                  std::span<std::uint8_t> out);

}  // namespace medley::math::simd

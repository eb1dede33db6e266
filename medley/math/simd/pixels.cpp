#include "medley/math/simd/pixels.h"

#include "medley/math/simd/targets.h"

#include <algorithm>
#include <cassert>
#include <cstddef>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "medley/math/simd/pixels.cpp"
// clang-format off: foreach_target.h must come first.
#include <hwy/foreach_target.h>
#include <hwy/highway.h>
// clang-format on

HWY_BEFORE_NAMESPACE();
namespace medley::math::simd::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using D = hn::ScalableTag<std::int32_t>;
using Bytes = hn::Rebind<std::uint8_t, D>;

std::uint8_t byte_of(std::int32_t sum, int shift) {
  return static_cast<std::uint8_t>(std::clamp(sum >> shift, 0, 255));
}

void add_weighted_to(const std::uint8_t* bytes, std::int32_t weight, std::int32_t* sums, std::size_t n) {
  const D d;
  const std::size_t lanes = hn::Lanes(d);
  const auto by = hn::Set(d, weight);
  std::size_t i = 0;
  for (; i + lanes <= n; i += lanes) {
    const auto values = hn::PromoteTo(d, hn::LoadU(Bytes(), bytes + i));
    hn::StoreU(hn::Add(hn::LoadU(d, sums + i), hn::Mul(values, by)), d, sums + i);
  }
  for (; i < n; ++i) sums[i] += weight * bytes[i];
}

void to_bytes_from(const std::int32_t* sums, int shift, std::uint8_t* out, std::size_t n) {
  const D d;
  const std::size_t lanes = hn::Lanes(d);
  std::size_t i = 0;
  for (; i + lanes <= n; i += lanes)
    hn::StoreU(hn::DemoteTo(Bytes(), hn::ShiftRightSame(hn::LoadU(d, sums + i), shift)), Bytes(), out + i);
  for (; i < n; ++i) out[i] = byte_of(sums[i], shift);
}

void weigh_pixel(const std::uint8_t* at, const std::int32_t* weights, std::size_t count, std::int32_t start,
                 int shift, std::uint8_t* out) {
  for (std::size_t c = 0; c < 3; ++c) {
    std::int32_t sum = start;
    for (std::size_t t = 0; t < count; ++t) sum += weights[t] * at[3 * t + c];
    out[c] = byte_of(sum, shift);
  }
}

/// The same with the byte behind each pixel, which must be there; it is stored over the first of the next.
void weigh_four_bytes(const std::uint8_t* at, const std::int32_t* weights, std::size_t count,
                      std::int32_t start, int shift, std::uint8_t* out) {
#if HWY_TARGET == HWY_SCALAR
  weigh_pixel(at, weights, count, start, shift, out);
#else
  const hn::FixedTag<std::int32_t, 4> d;
  const hn::Rebind<std::uint8_t, decltype(d)> four;
  auto sum = hn::Set(d, start);
  for (std::size_t t = 0; t < count; ++t)
    sum = hn::Add(sum, hn::Mul(hn::PromoteTo(d, hn::LoadU(four, at + 3 * t)), hn::Set(d, weights[t])));
  hn::StoreU(hn::DemoteTo(four, hn::ShiftRightSame(sum, shift)), four, out);
#endif
}

void weigh_pixels_of(const std::uint8_t* row, std::size_t bytes, const PixelTaps* taps, std::int32_t start,
                     int shift, std::uint8_t* out) {
  const auto places = taps->first.size();
  for (std::size_t x = 0; x < places; ++x, out += 3) {
    const auto first = static_cast<std::size_t>(taps->first[x]);
    const auto count = static_cast<std::size_t>(taps->count[x]);
    const auto* weights = taps->weights.data() + x * static_cast<std::size_t>(taps->most);
    const auto* at = row + 3 * first;
    if (x + 1 < places && 3 * (first + count) < bytes)
      weigh_four_bytes(at, weights, count, start, shift, out);
    else
      weigh_pixel(at, weights, count, start, shift, out);
  }
}

}  // namespace medley::math::simd::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE

namespace medley::math::simd {

HWY_EXPORT(add_weighted_to);
HWY_EXPORT(to_bytes_from);
HWY_EXPORT(weigh_pixels_of);

void add_weighted(std::span<const std::uint8_t> bytes, std::int32_t weight, std::span<std::int32_t> sums) {
  assert(bytes.size() == sums.size());
  HWY_DYNAMIC_DISPATCH(add_weighted_to)(bytes.data(), weight, sums.data(), sums.size());
}

void to_bytes(std::span<const std::int32_t> sums, int shift, std::span<std::uint8_t> out) {
  assert(sums.size() == out.size());
  HWY_DYNAMIC_DISPATCH(to_bytes_from)(sums.data(), shift, out.data(), out.size());
}

void weigh_pixels(std::span<const std::uint8_t> row, const PixelTaps& taps, std::int32_t start, int shift,
                  std::span<std::uint8_t> out) {
  assert(out.size() == 3 * taps.first.size());
  HWY_DYNAMIC_DISPATCH(weigh_pixels_of)(row.data(), row.size(), &taps, start, shift, out.data());
}

}  // namespace medley::math::simd

#endif  // HWY_ONCE

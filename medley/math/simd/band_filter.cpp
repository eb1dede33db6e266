#include "medley/math/simd/band_filter.h"

#include "medley/core/error.h"
#include "medley/math/simd/targets.h"

#include <algorithm>
#include <cassert>
#include <cstddef>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "medley/math/simd/band_filter.cpp"
// clang-format off: foreach_target.h must come first.
#include <hwy/foreach_target.h>
#include <hwy/highway.h>
// clang-format on

HWY_BEFORE_NAMESPACE();
namespace medley::math::simd::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// `first`, `offset` and `count` of each band, as BandFilter keeps them.
void band_sums(const std::uint32_t* bands, std::size_t count, const float* weights, const float* values,
               float* out) {
  // Eight lanes at most: most bands of a mel filter are shorter than sixteen values.
  const hn::CappedTag<float, 8> d;
  const std::size_t lanes = hn::Lanes(d);
  for (std::size_t b = 0; b < count; ++b, bands += 3) {
    const float* const x = values + bands[0];
    const float* const w = weights + bands[1];
    const std::size_t n = bands[2];
    auto s0 = hn::Zero(d), s1 = s0;
    std::size_t i = 0;
    for (; i + 2 * lanes <= n; i += 2 * lanes) {
      s0 = hn::MulAdd(hn::LoadU(d, x + i), hn::LoadU(d, w + i), s0);
      s1 = hn::MulAdd(hn::LoadU(d, x + i + lanes), hn::LoadU(d, w + i + lanes), s1);
    }
    for (; i + lanes <= n; i += lanes) s0 = hn::MulAdd(hn::LoadU(d, x + i), hn::LoadU(d, w + i), s0);
    float total = hn::GetLane(hn::SumOfLanes(d, hn::Add(s0, s1)));
    for (; i < n; ++i) total += x[i] * w[i];
    out[b] = total;
  }
}

}  // namespace medley::math::simd::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace medley::math::simd {

HWY_EXPORT(band_sums);

void BandFilter::add(std::size_t first, std::span<const float> weights) {
  require(first <= length_ && weights.size() <= length_ - first,
          "a band of {} values from {} in a vector of {}", weights.size(), first, length_);
  const auto padded = std::min((weights.size() + kPad - 1) / kPad * kPad, length_);
  const auto begin = std::min(first, length_ - padded);
  bands_.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(weights_.size()),
                    static_cast<std::uint32_t>(padded)});
  weights_.resize(weights_.size() + padded);
  std::ranges::copy(weights, weights_.end() - static_cast<std::ptrdiff_t>(padded - (first - begin)));
}

void BandFilter::apply(std::span<const float> values, std::span<float> out) const {
  assert(values.size() == length_ && out.size() == bands_.size());
  static_assert(sizeof(Band) == 3 * sizeof(std::uint32_t));
  HWY_DYNAMIC_DISPATCH(band_sums)
  (reinterpret_cast<const std::uint32_t*>(bands_.data()), bands_.size(), weights_.data(), values.data(),
   out.data());
}

}  // namespace medley::math::simd
#endif

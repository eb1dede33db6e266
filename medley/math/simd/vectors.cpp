#include "medley/math/simd/vectors.h"

#include "medley/math/simd/targets.h"

#include <cassert>
#include <cstddef>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "medley/math/simd/vectors.cpp"
// clang-format off: foreach_target.h must come first.
#include <hwy/foreach_target.h>
#include <hwy/highway.h>
#include <hwy/contrib/math/math-inl.h>
// clang-format on

HWY_BEFORE_NAMESPACE();
namespace medley::math::simd::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using D = hn::ScalableTag<float>;

// Four accumulators: an add takes four cycles, and one chain would wait for each.
float dot_of(const float* a, const float* b, std::size_t n) {
  const D d;
  const std::size_t lanes = hn::Lanes(d);
  auto s0 = hn::Zero(d), s1 = s0, s2 = s0, s3 = s0;
  std::size_t i = 0;
  for (; i + 4 * lanes <= n; i += 4 * lanes) {
    s0 = hn::MulAdd(hn::LoadU(d, a + i), hn::LoadU(d, b + i), s0);
    s1 = hn::MulAdd(hn::LoadU(d, a + i + lanes), hn::LoadU(d, b + i + lanes), s1);
    s2 = hn::MulAdd(hn::LoadU(d, a + i + 2 * lanes), hn::LoadU(d, b + i + 2 * lanes), s2);
    s3 = hn::MulAdd(hn::LoadU(d, a + i + 3 * lanes), hn::LoadU(d, b + i + 3 * lanes), s3);
  }
  for (; i + lanes <= n; i += lanes) s0 = hn::MulAdd(hn::LoadU(d, a + i), hn::LoadU(d, b + i), s0);
  float total = hn::GetLane(hn::SumOfLanes(d, hn::Add(hn::Add(s0, s1), hn::Add(s2, s3))));
  for (; i < n; ++i) total += a[i] * b[i];
  return total;
}

float sum_of(const float* x, std::size_t n) {
  const D d;
  const std::size_t lanes = hn::Lanes(d);
  auto s0 = hn::Zero(d), s1 = s0, s2 = s0, s3 = s0;
  std::size_t i = 0;
  for (; i + 4 * lanes <= n; i += 4 * lanes) {
    s0 = hn::Add(s0, hn::LoadU(d, x + i));
    s1 = hn::Add(s1, hn::LoadU(d, x + i + lanes));
    s2 = hn::Add(s2, hn::LoadU(d, x + i + 2 * lanes));
    s3 = hn::Add(s3, hn::LoadU(d, x + i + 3 * lanes));
  }
  for (; i + lanes <= n; i += lanes) s0 = hn::Add(s0, hn::LoadU(d, x + i));
  float total = hn::GetLane(hn::SumOfLanes(d, hn::Add(hn::Add(s0, s1), hn::Add(s2, s3))));
  for (; i < n; ++i) total += x[i];
  return total;
}

float largest_of(const float* x, std::size_t n) {
  const D d;
  const std::size_t lanes = hn::Lanes(d);
  float most = x[0];
  std::size_t i = 0;
  if (n >= lanes) {
    auto m0 = hn::LoadU(d, x), m1 = m0;
    for (; i + 2 * lanes <= n; i += 2 * lanes) {
      m0 = hn::Max(m0, hn::LoadU(d, x + i));
      m1 = hn::Max(m1, hn::LoadU(d, x + i + lanes));
    }
    most = hn::GetLane(hn::MaxOfLanes(d, hn::Max(m0, m1)));
  }
  for (; i < n; ++i) most = x[i] > most ? x[i] : most;
  return most;
}

float sum_at_least_of(const float* x, float least, std::size_t n) {
  const D d;
  const std::size_t lanes = hn::Lanes(d);
  const auto floor = hn::Set(d, least);
  auto s0 = hn::Zero(d), s1 = s0;
  std::size_t i = 0;
  for (; i + 2 * lanes <= n; i += 2 * lanes) {
    s0 = hn::Add(s0, hn::Max(floor, hn::LoadU(d, x + i)));
    s1 = hn::Add(s1, hn::Max(floor, hn::LoadU(d, x + i + lanes)));
  }
  float total = hn::GetLane(hn::SumOfLanes(d, hn::Add(s0, s1)));
  for (; i < n; ++i) total += x[i] > least ? x[i] : least;
  return total;
}

float spread_of(const float* weights, const float* x, float center, std::size_t n) {
  const D d;
  const std::size_t lanes = hn::Lanes(d);
  const auto middle = hn::Set(d, center);
  auto s0 = hn::Zero(d), s1 = s0;
  std::size_t i = 0;
  for (; i + 2 * lanes <= n; i += 2 * lanes) {
    const auto a = hn::Sub(hn::LoadU(d, x + i), middle), b = hn::Sub(hn::LoadU(d, x + i + lanes), middle);
    s0 = hn::MulAdd(hn::Mul(a, a), hn::LoadU(d, weights + i), s0);
    s1 = hn::MulAdd(hn::Mul(b, b), hn::LoadU(d, weights + i + lanes), s1);
  }
  float total = hn::GetLane(hn::SumOfLanes(d, hn::Add(s0, s1)));
  for (; i < n; ++i) total += weights[i] * (x[i] - center) * (x[i] - center);
  return total;
}

void axpy_of(float a, const float* x, float* y, std::size_t n) {
  const D d;
  const std::size_t lanes = hn::Lanes(d);
  const auto scale = hn::Set(d, a);
  std::size_t i = 0;
  for (; i + lanes <= n; i += lanes)
    hn::StoreU(hn::MulAdd(scale, hn::LoadU(d, x + i), hn::LoadU(d, y + i)), d, y + i);
  for (; i < n; ++i) y[i] += a * x[i];
}

void multiply_of(const float* a, const float* b, float* out, std::size_t n) {
  const D d;
  const std::size_t lanes = hn::Lanes(d);
  std::size_t i = 0;
  for (; i + lanes <= n; i += lanes)
    hn::StoreU(hn::Mul(hn::LoadU(d, a + i), hn::LoadU(d, b + i)), d, out + i);
  for (; i < n; ++i) out[i] = a[i] * b[i];
}

/// `z` is real, imaginary, real, ...
void squared_magnitudes_of(const float* z, float* out, std::size_t n) {
  const D d;
  const std::size_t lanes = hn::Lanes(d);
  std::size_t i = 0;
  for (; i + lanes <= n; i += lanes) {
    hn::Vec<D> real, imaginary;
    hn::LoadInterleaved2(d, z + 2 * i, real, imaginary);
    hn::StoreU(hn::MulAdd(real, real, hn::Mul(imaginary, imaginary)), d, out + i);
  }
  for (; i < n; ++i) out[i] = z[2 * i] * z[2 * i] + z[2 * i + 1] * z[2 * i + 1];
}

/// `step` on full vectors, and on a padded one for the rest.
template <class Step>
void map(const float* x, float* out, std::size_t n, const Step& step) {
  const D d;
  const std::size_t lanes = hn::Lanes(d);
  std::size_t i = 0;
  for (; i + lanes <= n; i += lanes) hn::StoreU(step(d, hn::LoadU(d, x + i)), d, out + i);
  if (i == n) return;
  HWY_ALIGN float rest[hn::MaxLanes(D())] = {};
  for (std::size_t j = 0; i + j < n; ++j) rest[j] = x[i + j];
  hn::Store(step(d, hn::Load(d, rest)), d, rest);
  for (std::size_t j = 0; i + j < n; ++j) out[i + j] = rest[j];
}

void square_roots_of(const float* x, float* out, std::size_t n) {
  map(x, out, n, [](auto, auto values) HWY_ATTR { return hn::Sqrt(values); });
}

void logs_of(const float* x, float least, float* out, std::size_t n) {
  map(x, out, n,
      [least](auto d, auto values) HWY_ATTR { return hn::Log(d, hn::Max(values, hn::Set(d, least))); });
}

}  // namespace medley::math::simd::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace medley::math::simd {

HWY_EXPORT(dot_of);
HWY_EXPORT(sum_of);
HWY_EXPORT(largest_of);
HWY_EXPORT(sum_at_least_of);
HWY_EXPORT(spread_of);
HWY_EXPORT(axpy_of);
HWY_EXPORT(multiply_of);
HWY_EXPORT(squared_magnitudes_of);
HWY_EXPORT(square_roots_of);
HWY_EXPORT(logs_of);

float dot(std::span<const float> a, std::span<const float> b) {
  assert(a.size() == b.size());
  return HWY_DYNAMIC_DISPATCH(dot_of)(a.data(), b.data(), a.size());
}

float sum(std::span<const float> values) {
  return HWY_DYNAMIC_DISPATCH(sum_of)(values.data(), values.size());
}

float largest(std::span<const float> values) {
  assert(!values.empty());
  return HWY_DYNAMIC_DISPATCH(largest_of)(values.data(), values.size());
}

float sum_at_least(std::span<const float> x, float least) {
  return HWY_DYNAMIC_DISPATCH(sum_at_least_of)(x.data(), least, x.size());
}

float spread(std::span<const float> weights, std::span<const float> x, float center) {
  assert(weights.size() == x.size());
  return HWY_DYNAMIC_DISPATCH(spread_of)(weights.data(), x.data(), center, x.size());
}

void axpy(float a, std::span<const float> x, std::span<float> y) {
  assert(x.size() == y.size());
  HWY_DYNAMIC_DISPATCH(axpy_of)(a, x.data(), y.data(), x.size());
}

void multiply(std::span<const float> a, std::span<const float> b, std::span<float> out) {
  assert(a.size() == b.size() && a.size() == out.size());
  HWY_DYNAMIC_DISPATCH(multiply_of)(a.data(), b.data(), out.data(), a.size());
}

void squared_magnitudes(std::span<const std::complex<float>> z, std::span<float> out) {
  assert(z.size() == out.size());
  // The standard lays a complex number out as an array of two.
  HWY_DYNAMIC_DISPATCH(squared_magnitudes_of)(reinterpret_cast<const float*>(z.data()), out.data(), z.size());
}

void square_roots(std::span<const float> values, std::span<float> out) {
  assert(values.size() == out.size());
  HWY_DYNAMIC_DISPATCH(square_roots_of)(values.data(), out.data(), values.size());
}

void logs(std::span<const float> x, float least, std::span<float> out) {
  assert(x.size() == out.size());
  HWY_DYNAMIC_DISPATCH(logs_of)(x.data(), least, out.data(), x.size());
}

}  // namespace medley::math::simd
#endif

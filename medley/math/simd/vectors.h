#pragma once

#include <complex>
#include <span>

// Kernels over vectors by Highway, which picks the instructions of this CPU at run time (SSE2, AVX2,
// AVX-512). Spans may start at any address, and those of one call are equally long; an output may be an
// input, not overlap it otherwise. A sum is added up in an order that depends on the CPU: |error| <= n 2^-24
// times the sum of magnitudes. Threads may call at once.

namespace medley::math::simd {

float dot(std::span<const float> a, std::span<const float> b);

/// 0 of no values.
float sum(std::span<const float> values);

/// The largest value, which exists; NaN is not looked for.
float largest(std::span<const float> values);

/// The sum of max(x, least).
float sum_at_least(std::span<const float> x, float least);

/// The sum of weight (x - center)^2.
float spread(std::span<const float> weights, std::span<const float> x, float center);

/// y += a x.
void axpy(float a, std::span<const float> x, std::span<float> y);

/// out = a b, entry by entry.
void multiply(std::span<const float> a, std::span<const float> b, std::span<float> out);

/// out = |z|^2.
void squared_magnitudes(std::span<const std::complex<float>> z, std::span<float> out);

void square_roots(std::span<const float> values, std::span<float> out);

/// out = ln(max(x, least)), `least` a positive normal number; within 4 units in the last place.
void logs(std::span<const float> x, float least, std::span<float> out);

}  // namespace medley::math::simd

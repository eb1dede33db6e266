#include "medley/features/audio/stft.h"

#include "medley/core/error.h"
#include "medley/features/audio/hann.h"
#include "medley/math/fft.h"
#include "medley/math/simd/vectors.h"

#include <algorithm>
#include <complex>
#include <type_traits>

namespace medley::features {
namespace {

/// The samples around `center` under the window; zeros where the sound is over or has not begun.
template <class Real>
void window_frame(std::span<const float> samples, std::int64_t center, std::span<const Real> window,
                  std::span<Real> out) {
  const auto size = static_cast<std::int64_t>(window.size());
  const auto first = center - size / 2;
  const auto begin = std::clamp<std::int64_t>(-first, 0, size);
  const auto end = std::clamp<std::int64_t>(static_cast<std::int64_t>(samples.size()) - first, begin, size);
  std::fill(out.begin(), out.begin() + begin, Real(0));
  std::fill(out.begin() + end, out.end(), Real(0));
  if (begin == end) return;
  const auto count = static_cast<std::size_t>(end - begin);
  const auto from = samples.subspan(static_cast<std::size_t>(first + begin), count);
  const auto weights = window.subspan(static_cast<std::size_t>(begin), count);
  const auto to = out.subspan(static_cast<std::size_t>(begin), count);
  if constexpr (std::is_same_v<Real, float>) {
    math::simd::multiply(from, weights, to);
  } else {
    for (std::size_t i = 0; i < count; ++i) to[i] = static_cast<Real>(from[i]) * weights[i];
  }
}

/// Calls `store(frame, terms)` for each frame.
template <class Real, class Store>
void transform_frames(std::span<const float> samples, const StftParams& params, math::Index frames,
                      const Store& store) {
  math::BasicRealFft<Real> fft(params.n_fft);
  const auto window = periodic_hann<Real>(params.n_fft);
  for (math::Index frame = 0; frame < frames; ++frame) {
    window_frame<Real>(samples, frame * params.hop, window, fft.input());
    store(frame, fft.transform());
  }
}

}  // namespace

Stft::Stft(std::span<const float> samples, const StftParams& params) : params_(params) {
  require(params.hop >= 1, "the hop of an STFT must be at least 1 sample, got {}", params.hop);
  if (samples.empty()) return;
  frames_ = 1 + static_cast<math::Index>(samples.size()) / params.hop;
  power_ = std::make_unique_for_overwrite<float[]>(static_cast<std::size_t>(frames_ * bins()));
  const auto row = [&](math::Index frame) {
    return std::span(power_.get() + frame * bins(), static_cast<std::size_t>(bins()));
  };
  if (params.exact) {
    transform_frames<double>(samples, params, frames_, [&](math::Index frame, auto terms) {
      std::ranges::transform(terms, row(frame).begin(),
                             [](const auto& term) { return static_cast<float>(std::norm(term)); });
    });
  } else {
    transform_frames<float>(samples, params, frames_, [&](math::Index frame, auto terms) {
      math::simd::squared_magnitudes(terms, row(frame));
    });
  }
}

}  // namespace medley::features

#include "medley/features/audio/stft.h"

#include "medley/core/error.h"
#include "medley/features/audio/hann.h"
#include "medley/math/fft.h"
#include "medley/math/simd/vectors.h"

#include <algorithm>

namespace medley::features {
namespace {

/// The samples around `center` under the window; zeros where the sound is over or has not begun.
void window_frame(std::span<const float> samples, std::int64_t center, std::span<const float> window,
                  std::span<float> out) {
  const auto size = static_cast<std::int64_t>(window.size());
  const auto first = center - size / 2;
  const auto begin = std::clamp<std::int64_t>(-first, 0, size);
  const auto end = std::clamp<std::int64_t>(static_cast<std::int64_t>(samples.size()) - first, begin, size);
  std::fill(out.begin(), out.begin() + begin, 0.0f);
  const auto count = static_cast<std::size_t>(end - begin);
  if (count > 0)
    math::simd::multiply(samples.subspan(static_cast<std::size_t>(first + begin), count),
                         window.subspan(static_cast<std::size_t>(begin), count),
                         out.subspan(static_cast<std::size_t>(begin), count));
  std::fill(out.begin() + end, out.end(), 0.0f);
}

}  // namespace

Stft::Stft(std::span<const float> samples, const StftParams& params) : params_(params) {
  require(params.hop >= 1, "the hop of an STFT must be at least 1 sample, got {}", params.hop);
  if (samples.empty()) return;
  math::RealFft fft(params.n_fft);
  const auto window = periodic_hann(params.n_fft);
  frames_ = 1 + static_cast<math::Index>(samples.size()) / params.hop;
  power_ = std::make_unique_for_overwrite<float[]>(static_cast<std::size_t>(frames_ * bins()));
  for (math::Index frame = 0; frame < frames_; ++frame) {
    window_frame(samples, frame * params.hop, window, fft.input());
    math::simd::squared_magnitudes(fft.transform(),
                                   {power_.get() + frame * bins(), static_cast<std::size_t>(bins())});
  }
}

}  // namespace medley::features

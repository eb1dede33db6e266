#include "medley/features/audio/stft.h"

#include "medley/core/error.h"
#include "medley/math/fft.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace medley::features {
namespace {

std::vector<float> periodic_hann(int size) {
  std::vector<float> out(static_cast<std::size_t>(size));
  for (int i = 0; i < size; ++i)
    out[static_cast<std::size_t>(i)] =
        static_cast<float>(0.5 - 0.5 * std::cos(2 * std::numbers::pi * static_cast<double>(i) / size));
  return out;
}

/// The samples around `center` under the window; zeros where the sound is over or has not begun.
void window_frame(std::span<const float> samples, std::int64_t center, std::span<const float> window,
                  std::span<float> out) {
  const auto size = static_cast<std::int64_t>(window.size());
  const auto first = center - size / 2;
  const auto begin = std::clamp<std::int64_t>(-first, 0, size);
  const auto end = std::clamp<std::int64_t>(static_cast<std::int64_t>(samples.size()) - first, begin, size);
  std::fill(out.begin(), out.begin() + begin, 0.0f);
  const float* const from = samples.data() + first;
  for (auto i = begin; i < end; ++i)
    out[static_cast<std::size_t>(i)] = from[i] * window[static_cast<std::size_t>(i)];
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
    float* out = power_.get() + frame * bins();
    for (const auto& term : fft.transform()) *out++ = term.real() * term.real() + term.imag() * term.imag();
  }
}

}  // namespace medley::features

#include "medley/features/audio/onsets.h"

#include "medley/features/audio/hann.h"
#include "medley/math/fft.h"
#include "medley/math/simd/vectors.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace medley::features {
namespace {

constexpr double kWindowSeconds = 8.0;
constexpr double kUsualTempo = 120.0, kOctaves = 1.0;  ///< centre of the prior, and its deviation
constexpr double kFastest = 320.0;
constexpr double kGain = 1e6;  ///< makes the logarithm of a normalised correlation tell small ones apart

/// `values` between two ramps of `pad` that come from 0 and go to it, as numpy.pad's `linear_ramp`.
std::vector<float> with_ramps(std::span<const float> values, std::size_t pad) {
  std::vector<float> out(values.size() + 2 * pad);
  std::ranges::copy(values, out.begin() + static_cast<std::ptrdiff_t>(pad));
  for (std::size_t i = 0; i < pad; ++i) {
    const auto share = static_cast<float>(i) / static_cast<float>(pad);
    out[i] = values.front() * share;
    out[out.size() - 1 - i] = values.back() * share;
  }
  return out;
}

/// The mean over all frames of the autocorrelation of the onsets around each, lags [0, length), each divided
/// by its own energy. Its power spectra are added up and turned back once: the transform is linear.
std::vector<double> mean_autocorrelation(std::span<const float> onsets, std::size_t length) {
  const auto window = periodic_hann<float>(static_cast<int>(length));
  auto padded = with_ramps(onsets, length / 2);
  padded.push_back(0.0f);  // the last frame of an odd length ends one beyond the ramp
  // Twice the length, so that the correlation does not go round.
  math::RealFft fft(std::max(static_cast<int>(std::bit_ceil(2 * length)), math::RealFft::kMinSize));
  const auto size = static_cast<std::size_t>(fft.size());
  std::vector<float> spectrum(size / 2 + 1), power(spectrum.size());
  for (std::size_t frame = 0; frame < onsets.size(); ++frame) {
    const auto input = fft.input().first(length);
    math::simd::multiply(std::span(padded).subspan(frame, length), window, input);
    const float energy = math::simd::dot(input, input);
    if (energy < std::numeric_limits<float>::min()) continue;
    std::fill(fft.input().begin() + static_cast<std::ptrdiff_t>(length), fft.input().end(), 0.0f);
    math::simd::squared_magnitudes(fft.transform(), power);
    math::simd::axpy(1.0f / energy, power, spectrum);
  }

  // A real, even spectrum: the inverse transform is the forward one over the size.
  const auto input = fft.input();
  for (std::size_t k = 0; k < spectrum.size(); ++k) {
    input[k] = spectrum[k];
    if (k > 0) input[size - k] = input[k];
  }
  const auto terms = fft.transform();
  std::vector<double> out(length);
  for (std::size_t lag = 0; lag < length; ++lag)
    out[lag] = static_cast<double>(terms[lag].real()) / static_cast<double>(size * onsets.size());
  return out;
}

}  // namespace

std::vector<float> onset_strengths(math::MatrixView<const float> mels, const StftParams& params) {
  std::vector<float> out(static_cast<std::size_t>(mels.rows()));
  const math::Index shift = params.n_fft / (2 * params.hop);
  for (math::Index frame = 1; frame + shift < mels.rows(); ++frame) {
    double rise = 0;
    for (math::Index band = 0; band < mels.cols(); ++band)
      rise += std::max(static_cast<double>(mels(frame, band) - mels(frame - 1, band)), 0.0);
    out[static_cast<std::size_t>(frame + shift)] =
        static_cast<float>(rise / static_cast<double>(mels.cols()));
  }
  return out;
}

double tempo_bpm(std::span<const float> onsets, const StftParams& params) {
  const auto length = static_cast<std::size_t>(kWindowSeconds * params.rate / params.hop);
  const double per_lag = 60.0 * params.rate / params.hop;
  if (onsets.empty() || length < 2) return kUsualTempo;
  const auto correlation = mean_autocorrelation(onsets, length);
  double best = -std::numeric_limits<double>::infinity(), tempo = kUsualTempo;
  for (std::size_t lag = 1; lag < length; ++lag) {
    const double bpm = per_lag / static_cast<double>(lag);
    if (bpm >= kFastest) continue;
    const double prior = -0.5 * std::pow(std::log2(bpm / kUsualTempo) / kOctaves, 2);
    const double score = std::log1p(kGain * std::max(correlation[lag], 0.0)) + prior;
    if (score > best) best = score, tempo = bpm;
  }
  return tempo;
}

}  // namespace medley::features

#include "medley/features/audio/mel.h"

#include "medley/features/audio/decibels.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace medley::features {
namespace {

// Slaney, Auditory Toolbox (1998): 3 mels are 200 Hz up to 1 kHz; from there, 27 mels are a factor of 6.4.
constexpr double kHertzPerMel = 200.0 / 3;
constexpr double kLinearHertz = 1000.0;
constexpr double kLinearMels = kLinearHertz / kHertzPerMel;
const double kLogStep = std::log(6.4) / 27.0;

double to_mels(double hertz) {
  return hertz < kLinearHertz ? hertz / kHertzPerMel
                              : kLinearMels + std::log(hertz / kLinearHertz) / kLogStep;
}

double to_hertz(double mels) {
  return mels < kLinearMels ? mels * kHertzPerMel : kLinearHertz * std::exp(kLogStep * (mels - kLinearMels));
}

}  // namespace

math::simd::BandFilter mel_filter(const StftParams& params, int mels) {
  const auto bins = static_cast<std::size_t>(params.n_fft) / 2 + 1;
  std::vector<double> edges(static_cast<std::size_t>(mels) + 2);
  const double step = to_mels(0.5 * params.rate) / static_cast<double>(mels + 1);
  for (std::size_t i = 0; i < edges.size(); ++i) edges[i] = to_hertz(step * static_cast<double>(i));

  math::simd::BandFilter filter(bins);
  for (std::size_t band = 0; band < static_cast<std::size_t>(mels); ++band) {
    const double low = edges[band], center = edges[band + 1], high = edges[band + 2];
    std::vector<float> weights;
    std::size_t first = 0;
    for (std::size_t bin = 0; bin < bins; ++bin) {
      const double hertz = static_cast<double>(bin) * params.rate / params.n_fft;
      const double height = std::min((hertz - low) / (center - low), (high - hertz) / (high - center));
      if (height <= 0) continue;
      if (weights.empty()) first = bin;
      weights.push_back(static_cast<float>(height * 2.0 / (high - low)));
    }
    filter.add(first, weights);
  }
  return filter;
}

math::Matrix mel_decibels(const Stft& stft, const math::simd::BandFilter& mels) {
  math::Matrix out(stft.frames(), static_cast<math::Index>(mels.bands()));
  for (math::Index frame = 0; frame < stft.frames(); ++frame)
    mels.apply(stft.power().row(frame), out.row(frame));
  to_decibels({out.data(), static_cast<std::size_t>(out.rows() * out.cols())});
  return out;
}

}  // namespace medley::features

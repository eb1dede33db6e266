#include "medley/features/audio/spectral_shape.h"

#include "medley/core/error.h"
#include "medley/features/audio/decibels.h"
#include "medley/math/simd/vectors.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>

namespace medley::features {
namespace {

using math::Index;
namespace simd = math::simd;

constexpr double kFirstOctave = 200.0;  ///< hertz, where the second band begins
constexpr double kExtremeShare = 0.02;  ///< of a band's bins that make its peak, and its valley
constexpr double kRollOff = 0.85;       ///< of the sum of magnitudes

// Columns of SpectralShape::frames.
constexpr Index kCentroid = 0, kBandwidth = 1, kContrast = 2, kFlatness = kContrast + SpectralShape::kBands,
                kRollOffHertz = kFlatness + 1;

/// The mean of the `count` values that come first in `order`; `kept` is scratch.
template <class Order>
float mean_of_extremes(std::span<const float> values, std::size_t count, Order order,
                       std::vector<float>& kept) {
  kept.assign(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(count));
  std::sort(kept.begin(), kept.end(), order);
  float last = kept.back();  // in a register: almost every value fails against it
  for (const float value : values.subspan(count)) {
    if (!order(value, last)) continue;
    kept.pop_back();
    kept.insert(std::upper_bound(kept.begin(), kept.end(), value, order), value);
    last = kept.back();
  }
  return simd::sum(kept) / static_cast<float>(count);
}

/// The first bin where the sum of magnitudes reaches kRollOff of the whole.
std::size_t roll_off_bin(std::span<const float> magnitudes, double total) {
  const double wanted = kRollOff * total;
  double sum = 0;
  for (std::size_t bin = 0; bin < magnitudes.size(); ++bin) {
    sum += static_cast<double>(magnitudes[bin]);
    if (sum >= wanted) return bin;
  }
  return magnitudes.size() - 1;
}

}  // namespace

SpectralShape::SpectralShape(const StftParams& params) {
  const double bin_hertz = static_cast<double>(params.rate) / params.n_fft;
  const double last_octave = kFirstOctave * std::exp2(kBands - 2);
  require(bin_hertz <= kFirstOctave && params.rate > 2 * last_octave,
          "spectral contrast needs a rate above {} Hz and bins of at most {} Hz, got {} Hz and {:.1f} Hz",
          2 * last_octave, kFirstOctave, params.rate, bin_hertz);
  const auto bins = static_cast<std::size_t>(params.n_fft) / 2 + 1;
  for (std::size_t bin = 0; bin < bins; ++bin)
    hertz_.push_back(static_cast<float>(static_cast<double>(bin) * bin_hertz));

  // As librosa: a band also has the bin below its lower edge, and all but the last end before their upper
  // edge's bin.
  for (std::size_t band = 0; band < kBands; ++band) {
    const double low = band == 0 ? 0.0 : kFirstOctave * std::exp2(static_cast<double>(band) - 1);
    const double high = kFirstOctave * std::exp2(static_cast<double>(band));
    auto first = static_cast<std::size_t>(std::ceil(low / bin_hertz));
    auto end = std::min(static_cast<std::size_t>(std::floor(high / bin_hertz)) + 1, bins);
    if (band > 0) --first;
    if (band == kBands - 1) end = bins;
    const auto extreme = std::max(std::nearbyint(kExtremeShare * static_cast<double>(end - first)), 1.0);
    if (band < kBands - 1) --end;
    bands_.push_back({first, end - first, static_cast<std::size_t>(extreme)});
  }
}

std::vector<std::string> SpectralShape::names() {
  std::vector<std::string> out{"centroid", "bandwidth"};
  for (int band = 0; band < kBands; ++band) out.push_back(fmt::format("contrast {}", band + 1));
  out.insert(out.end(), {"flatness", "roll-off"});
  return out;
}

std::vector<float> SpectralShape::units() {
  std::vector<float> out(kValues, 1.0f);
  for (const auto hertz : {kCentroid, kBandwidth, kRollOffHertz})
    out[static_cast<std::size_t>(hertz)] = 1e-3f;
  std::fill_n(out.begin() + kContrast, kBands, 0.1f);
  return out;
}

math::Matrix SpectralShape::frames(const Stft& stft) const {
  const auto bins = static_cast<std::size_t>(stft.bins());
  math::Matrix out(stft.frames(), kValues), peaks(stft.frames(), kBands), valleys(stft.frames(), kBands);
  std::vector<float> magnitudes(bins), logs(bins), kept;
  for (Index frame = 0; frame < stft.frames(); ++frame) {
    const auto power = stft.power().row(frame);
    simd::square_roots(power, magnitudes);
    const float total = simd::sum(magnitudes);
    if (total > 0) {
      const float centroid = simd::dot(magnitudes, hertz_) / total;
      out(frame, kCentroid) = centroid;
      out(frame, kBandwidth) = std::sqrt(simd::spread(magnitudes, hertz_, centroid) / total);
    }
    out(frame, kRollOffHertz) = hertz_[roll_off_bin(magnitudes, static_cast<double>(total))];
    simd::logs(power, kLeastPower, logs);
    const auto n = static_cast<float>(bins);
    out(frame, kFlatness) = std::exp(simd::sum(logs) / n) / (simd::sum_at_least(power, kLeastPower) / n);
    for (std::size_t band = 0; band < kBands; ++band) {
      const auto [first, count, extreme] = bands_[band];
      const auto part = std::span<const float>(magnitudes).subspan(first, count);
      peaks(frame, static_cast<Index>(band)) = mean_of_extremes(part, extreme, std::greater<>(), kept);
      valleys(frame, static_cast<Index>(band)) = mean_of_extremes(part, extreme, std::less<>(), kept);
    }
  }
  const auto size = static_cast<std::size_t>(peaks.rows() * peaks.cols());
  to_decibels({peaks.data(), size});
  to_decibels({valleys.data(), size});
  for (Index frame = 0; frame < stft.frames(); ++frame)
    for (Index band = 0; band < kBands; ++band)
      out(frame, kContrast + band) = peaks(frame, band) - valleys(frame, band);
  return out;
}

}  // namespace medley::features

#include "medley/features/audio/tuning.h"

#include "medley/math/simd/vectors.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace medley::features {
namespace {

constexpr double kLowest = 150.0, kHighest = 4000.0;  ///< hertz
constexpr float kPeakShare = 0.1f;  ///< of the frame's largest power that a peak must exceed
constexpr float kLowestA = 27.5f;   ///< hertz; four octaves below 440
constexpr int kSteps = 100;         ///< a semitone

struct Peak {
  float bin;
  float power;
};

/// The peaks of one spectrum in bins [begin, end), each put at the top of the parabola through it and its
/// neighbours.
void add_peaks(std::span<const float> power, std::size_t begin, std::size_t end, std::vector<Peak>& out) {
  const float least = kPeakShare * math::simd::largest(power);
  for (auto i = begin; i < end; ++i) {
    const float here = power[i];
    if (!(here > least) || !(here > power[i - 1]) || !(here >= power[i + 1])) continue;
    const float bend = power[i + 1] + power[i - 1] - 2 * here;
    const float slope = (power[i + 1] - power[i - 1]) / 2;
    const float shift = std::abs(slope) >= std::abs(bend) ? 0.0f : -slope / bend;
    out.push_back({static_cast<float>(i) + shift, here + 0.5f * slope * shift});
  }
}

/// As numpy.median: the mean of the middle two of an even number.
float median_power(const std::vector<Peak>& peaks) {
  std::vector<float> powers;
  powers.reserve(peaks.size());
  for (const auto& peak : peaks) powers.push_back(peak.power);
  const auto middle = powers.begin() + static_cast<std::ptrdiff_t>(powers.size() / 2);
  std::ranges::nth_element(powers, middle);
  if (powers.size() % 2 == 1) return *middle;
  return (*std::max_element(powers.begin(), middle) + *middle) / 2;
}

/// The step of [-.5, .5) semitones that a deviation falls into, from 0.
std::size_t step_of(float deviation) {
  const auto edge = [](int step) { return -0.5 + static_cast<double>(step) / kSteps; };
  auto step = std::clamp(static_cast<int>(std::floor((deviation + 0.5f) * kSteps)), 0, kSteps - 1);
  // The product may be rounded over an edge.
  if (step > 0 && deviation < edge(step)) --step;
  if (step < kSteps - 1 && deviation >= edge(step + 1)) ++step;
  return static_cast<std::size_t>(step);
}

}  // namespace

int estimate_tuning(const Stft& stft) {
  if (stft.empty()) return 0;
  const double bin_hertz = static_cast<double>(stft.params().rate) / stft.params().n_fft;
  const auto last = static_cast<std::size_t>(stft.bins() - 1);  // half the rate; it has no neighbour above it
  const auto bin_from = [&](double hertz) {
    return std::clamp<std::size_t>(static_cast<std::size_t>(std::ceil(hertz / bin_hertz)), 1, last);
  };
  std::vector<Peak> peaks;
  for (math::Index frame = 0; frame < stft.frames(); ++frame)
    add_peaks(stft.power().row(frame), bin_from(kLowest), bin_from(kHighest), peaks);
  if (peaks.empty()) return 0;

  const float least = median_power(peaks);
  std::array<int, kSteps> counts{};
  for (const auto& peak : peaks) {
    if (!(peak.power >= least)) continue;
    const float semitones = 12 * std::log2(peak.bin * static_cast<float>(bin_hertz) / kLowestA);
    float deviation = semitones - std::floor(semitones);
    if (deviation >= 0.5f) deviation -= 1.0f;
    ++counts[step_of(deviation)];
  }
  return static_cast<int>(std::ranges::max_element(counts) - counts.begin()) - kSteps / 2;
}

}  // namespace medley::features

#include "medley/features/audio/waveform.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace medley::features {
namespace {

constexpr float kZero = 1e-10f;

/// `value(begin, end)` of the samples [begin, end) that each frame has of the sound.
template <class Value>
std::vector<float> each_frame(std::size_t samples, int length, int hop, const Value& value) {
  std::vector<float> out;
  if (samples == 0) return out;
  const auto n = static_cast<std::int64_t>(samples);
  for (std::int64_t center = 0; center <= n; center += hop) {
    const auto begin = std::clamp<std::int64_t>(center - length / 2, 0, n);
    const auto end = std::clamp<std::int64_t>(center + length / 2, 0, n);
    out.push_back(static_cast<float>(value(static_cast<std::size_t>(begin), static_cast<std::size_t>(end))));
  }
  return out;
}

}  // namespace

std::vector<float> root_mean_squares(std::span<const float> samples, int length, int hop) {
  // Sums up to each sample: a frame's is a difference, whatever the overlap. In double, so that a quiet frame
  // after loud ones keeps its digits.
  std::vector<double> squares(samples.size() + 1);
  for (std::size_t i = 0; i < samples.size(); ++i)
    squares[i + 1] = squares[i] + static_cast<double>(samples[i]) * static_cast<double>(samples[i]);
  return each_frame(samples.size(), length, hop, [&](std::size_t begin, std::size_t end) {
    return std::sqrt((squares[end] - squares[begin]) / length);
  });
}

std::vector<float> zero_crossing_rates(std::span<const float> samples, int length, int hop) {
  const auto negative = [&](std::size_t i) { return samples[i] < -kZero; };
  // Crossings at or before each sample.
  std::vector<std::int32_t> crossings(samples.size());
  for (std::size_t i = 1; i < samples.size(); ++i)
    crossings[i] = crossings[i - 1] + (negative(i) != negative(i - 1) ? 1 : 0);
  return each_frame(samples.size(), length, hop, [&](std::size_t begin, std::size_t end) {
    // Between a frame's first sample and its last; a frame beyond the sound has one sample at most.
    if (end <= begin + 1) return 0.0;
    return static_cast<double>(crossings[end - 1] - crossings[begin]) / length;
  });
}

}  // namespace medley::features

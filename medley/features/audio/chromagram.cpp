#include "medley/features/audio/chromagram.h"

#include "medley/core/error.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace medley::features {
namespace {

constexpr int kClasses = Chromagram::kClasses;
constexpr double kCenterOctave = 5.0, kOctaveWidth = 2.0;  ///< of the Gaussian that weighs octaves
constexpr int kFromAtoC = 3;                               ///< semitones; the bank begins at A

/// [n_fft / 2 + 1 x 12]: a Gaussian around each pitch class, columns of length 1, weighted by octave (Ellis
/// 2007, as librosa's `filters.chroma` has it).
math::Matrix chroma_bank(const StftParams& params, double tuning_semitones) {
  const math::Index bins = params.n_fft / 2 + 1;
  const double lowest_a = 440.0 * std::exp2(tuning_semitones / kClasses) / 16;
  // Semitones above the lowest A; bin 0 is put one and a half octaves below bin 1.
  std::vector<double> pitch(static_cast<std::size_t>(bins) + 1);
  for (std::size_t bin = 1; bin < pitch.size(); ++bin)
    pitch[bin] = kClasses * std::log2(static_cast<double>(bin) * params.rate / params.n_fft / lowest_a);
  pitch[0] = pitch[1] - 1.5 * kClasses;

  math::Matrix out(bins, kClasses);
  for (math::Index bin = 0; bin < bins; ++bin) {
    const double here = pitch[static_cast<std::size_t>(bin)];
    const double width = std::max(pitch[static_cast<std::size_t>(bin) + 1] - here, 1.0);
    std::array<double, kClasses> row{};
    double squares = 0;
    for (int c = 0; c < kClasses; ++c) {
      const double turned = here - c + 0.5 * kClasses;
      const double distance = turned - kClasses * std::floor(turned / kClasses) - 0.5 * kClasses;
      const double value = std::exp(-0.5 * std::pow(2 * distance / width, 2));
      row[static_cast<std::size_t>((c + kClasses - kFromAtoC) % kClasses)] = value;
      squares += value * value;
    }
    const double octave = std::exp(-0.5 * std::pow((here / kClasses - kCenterOctave) / kOctaveWidth, 2));
    for (int c = 0; c < kClasses; ++c)
      out(bin, c) = static_cast<float>(row[static_cast<std::size_t>(c)] / std::sqrt(squares) * octave);
  }
  return out;
}

}  // namespace

math::Matrix Chromagram::frames(const Stft& stft, int tuning) const {
  require(tuning >= -kFarthest && tuning <= kFarthest,
          "tuning must be in [{}, {}] hundredths of a semitone, got {}", -kFarthest, kFarthest, tuning);
  auto& bank = (*banks_)[static_cast<unsigned>(tuning + kFarthest)];
  std::call_once(bank.made, [&] {
    bank.filter = std::make_unique<math::simd::NarrowProduct>(chroma_bank(params_, tuning / 100.0).view());
  });
  math::Matrix out(stft.frames(), kClasses);
  bank.filter->multiply(stft.power(), out.view());
  for (math::Index frame = 0; frame < out.rows(); ++frame) {
    const float largest = *std::ranges::max_element(out.row(frame));
    if (largest < std::numeric_limits<float>::min()) continue;  // a silent frame stays as it is
    for (auto& value : out.row(frame)) value /= largest;
  }
  return out;
}

}  // namespace medley::features

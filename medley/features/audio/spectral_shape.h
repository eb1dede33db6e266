#pragma once

#include "medley/features/audio/stft.h"
#include "medley/math/matrix.h"

#include <span>
#include <string>
#include <vector>

namespace medley::features {

/// What the magnitude spectrum of each frame looks like, as librosa's `feature.spectral_*` with their
/// defaults: centroid and bandwidth in hertz, contrast in seven bands in decibels, flatness, the roll-off
/// frequency in hertz (85 %). Of exact spectra (StftParams): a valley may lie 120 dB below the loudest bin.
/// Const and thread-safe.
class SpectralShape {
 public:
  static constexpr int kBands = 7;  ///< up to 200, 400, ..., 6400 Hz, and above
  static constexpr int kValues = kBands + 4;

  /// Throws where the bands do not fit: bins wider than 200 Hz, or a rate of 12,800 or less.
  explicit SpectralShape(const StftParams& params);

  static std::vector<std::string> names();

  /// What turns each value into kilohertz, bels or shares: numbers of one size.
  static std::vector<float> units();

  /// [frames x kValues] in the order of `names`, of spectra with the same parameters.
  math::Matrix frames(const Stft& stft) const;

 private:
  struct Band {
    std::size_t first, count;  ///< bins
    std::size_t extreme;       ///< bins that make its peak, and its valley
  };

  std::vector<float> hertz_;  ///< of each bin
  std::vector<Band> bands_;
};

}  // namespace medley::features

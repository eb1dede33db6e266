#pragma once

#include "medley/features/audio/stft.h"
#include "medley/math/matrix.h"
#include "medley/math/simd/band_filter.h"
#include "medley/math/simd/narrow_product.h"

namespace medley::features {

/// Mel-frequency cepstral coefficients: the first terms of the orthonormal DCT-II of the mel spectrum in
/// decibels; librosa's `feature.mfcc` with its defaults. Const and thread-safe.
class Cepstrum {
 public:
  Cepstrum(const StftParams& params, int mels, int coefficients);

  /// [frames x coefficients], of spectra with the same parameters.
  math::Matrix frames(const Stft& stft) const;

 private:
  math::simd::BandFilter mels_;
  math::simd::NarrowProduct dct_;
};

}  // namespace medley::features

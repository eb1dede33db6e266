#include "medley/features/audio/cepstrum.h"

#include "medley/core/error.h"
#include "medley/features/audio/mel.h"

#include <cmath>
#include <numbers>

namespace medley::features {
namespace {

/// [mels x coefficients]: term k of `mels` values x_j is sqrt(2 / mels) sum_j x_j cos(pi k (2 j + 1) / (2
/// mels)); term 0 is divided by sqrt(2).
math::Matrix orthonormal_dct(int mels, int coefficients) {
  math::Matrix out(mels, coefficients);
  for (int j = 0; j < mels; ++j) {
    for (int k = 0; k < coefficients; ++k) {
      const double scale = std::sqrt((k == 0 ? 1.0 : 2.0) / mels);
      out(j, k) = static_cast<float>(scale * std::cos(std::numbers::pi * k * (2 * j + 1) / (2.0 * mels)));
    }
  }
  return out;
}

}  // namespace

Cepstrum::Cepstrum(const StftParams& params, int mels, int coefficients)
    : mels_(mel_filter(params, mels)), dct_(orthonormal_dct(mels, coefficients).view()) {
  require(coefficients <= mels, "{} cepstral coefficients of {} mel bands; there are at most as many",
          coefficients, mels);
}

math::Matrix Cepstrum::frames(const Stft& stft) const {
  const auto mels = mel_decibels(stft, mels_);
  math::Matrix out(mels.rows(), dct_.cols());
  dct_.multiply(mels.view(), out.view());
  return out;
}

}  // namespace medley::features

#pragma once

#include "medley/features/audio/stft.h"
#include "medley/math/matrix.h"
#include "medley/math/simd/band_filter.h"

namespace medley::features {

/// Triangles over the bins of a spectrum, equally wide on Slaney's mel scale (linear up to 1 kHz, logarithmic
/// above) from 0 Hz to half the rate, each of area 1 in hertz: librosa's `filters.mel`.
math::simd::BandFilter mel_filter(const StftParams& params, int mels);

/// Mel energies of each frame in decibels (decibels.h), [frames x mels].
math::Matrix mel_decibels(const Stft& stft, const math::simd::BandFilter& mels);

}  // namespace medley::features

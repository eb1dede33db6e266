#pragma once

#include "medley/features/audio/stft.h"

namespace medley::features {

/// How far a sound is tuned above A = 440 Hz, in hundredths of a semitone, [-50, 50): the most frequent
/// deviation among the louder half of its spectral peaks from 150 Hz to 4 kHz. As librosa's `estimate_tuning`
/// does it for chroma, on power spectra. 0 without peaks.
int estimate_tuning(const Stft& stft);

}  // namespace medley::features

#pragma once

#include "medley/features/audio/stft.h"
#include "medley/math/matrix.h"

#include <span>
#include <vector>

namespace medley::features {

/// How much begins in each frame: the mean rise of the mel bands, in decibels, against the frame before,
/// brought in line with the frames' centres; librosa's `onset.onset_strength`. `mels` is [frames x bands], as
/// `mel_decibels` gives it.
std::vector<float> onset_strengths(math::MatrixView<const float> mels, const StftParams& params);

/// Beats a minute: the period at which onsets repeat within 8 seconds, under a log-normal prior around 120;
/// librosa's `feature.tempo`. A frame's onsets are `params.hop` samples apart. Around 120 where nothing
/// repeats.
double tempo_bpm(std::span<const float> onsets, const StftParams& params);

}  // namespace medley::features

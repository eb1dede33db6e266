#pragma once

#include "medley/core/error.h"
#include "medley/core/params.h"
#include "medley/features/extractor.h"

#include <bit>
#include <string>

namespace medley::features {

/// The parameters that every descriptor of sound has. Those that agree in them share one decode and one
/// transform; `audio/spectral` has one in double precision for itself.
struct FrameParams {
  int rate = 22050;
  int n_fft = 2048;
  int hop = 512;

  void fields(FieldVisitor& v) {
    v.field("rate", rate, {8000, 96000}, "samples a second that a sound is brought to");
    v.field("n_fft", n_fft, {256, 16384}, "samples of a frame, a power of two");
    v.field("hop", hop, {64, 16384}, "samples from a frame to the next");
  }

  /// Throws unless `n_fft` is a power of two.
  StftParams checked() const {
    require(std::has_single_bit(static_cast<unsigned>(n_fft)), "n_fft must be a power of two, got {}", n_fft);
    return {rate, n_fft, hop};
  }
};

/// The power spectra of an item's sound; null, with the reason in `note`, where there is nothing to describe,
/// and without one where there is no sound.
inline const Stft* spectra_of(const Item& item, const StftParams& params, std::string& note) {
  if (item.sound == nullptr) return nullptr;
  const Stft& stft = item.sound->stft(params);
  if (!stft.empty()) return &stft;
  note = item.sound->reason();
  return nullptr;
}

}  // namespace medley::features

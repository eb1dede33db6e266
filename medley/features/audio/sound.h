#pragma once

#include "medley/features/audio/stft.h"

#include <functional>
#include <list>
#include <span>
#include <string>
#include <vector>

namespace medley::features {

/// The sound of one item: decoded at most once a sample rate and transformed at most once a set of STFT
/// parameters, whoever asks. What was made is kept until the sound is destroyed: 4 bytes a sample and 4 a bin
/// of a frame, together 12 bytes a sample for one rate and the default STFT, 8 more where `audio/spectral`
/// asks, too. Used by one thread at a time.
class Sound {
 public:
  /// Mono samples in [-1, 1], or why there are none.
  struct Decoded {
    std::vector<float> samples;
    std::string reason;
  };

  /// `decode` gives the sound at a rate in hertz; it is called when samples are first asked for, and may not
  /// throw.
  explicit Sound(std::function<Decoded(int rate)> decode) : decode_(std::move(decode)) {}

  /// Samples as they are; at another rate than `rate` there is no sound, because nothing is resampled.
  static Sound of(std::vector<float> samples, int rate);

  /// The samples at `rate` hertz. Empty where there is nothing to describe: no sound was decoded, it has no
  /// samples, one is not finite or beyond 1e9, or all are under -80 dBFS (silence). `reason` says which.
  std::span<const float> samples(int rate) const;

  /// Without frames where `samples` is empty or the spectra would take more than 512 MiB. The reference stays
  /// valid as long as the sound.
  const Stft& stft(const StftParams& params) const;

  /// Why the latest call of `samples` or `stft` gave nothing; empty where it gave something.
  const std::string& reason() const { return reason_; }

 private:
  struct AtRate {
    int rate;
    Decoded decoded;
  };

  std::function<Decoded(int)> decode_;
  // Lists, so that what was handed out stays where it is.
  mutable std::list<AtRate> at_rates_;
  mutable std::list<Stft> stfts_;
  mutable std::string reason_;
};

}  // namespace medley::features

#pragma once

#include "medley/math/matrix.h"

#include <compare>
#include <memory>
#include <span>

namespace medley::features {

/// How a sound is cut and transformed; librosa's defaults.
struct StftParams {
  int rate = 22050;  ///< samples a second
  int n_fft = 2048;  ///< samples of a frame, a power of two
  int hop = 512;     ///< samples from a frame to the next
  /// Transformed in double, at three times the cost: in float, what lies 120 dB below the loudest bin is
  /// rounding.
  bool exact = false;

  auto operator<=>(const StftParams&) const = default;
};

/// The power spectra of one sound, |X|^2 [frames x n_fft / 2 + 1], of frames under a periodic Hann window,
/// centred on every `hop`-th sample, the sound continued by zeros: librosa's `stft` with its defaults,
/// squared.
class Stft {
 public:
  Stft() = default;  ///< no frames
  /// 4 bytes a bin: 0.9 MB for five seconds by the default parameters. Threads may call at once.
  Stft(std::span<const float> samples, const StftParams& params);

  const StftParams& params() const { return params_; }
  math::Index frames() const { return frames_; }
  math::Index bins() const { return params_.n_fft / 2 + 1; }
  math::MatrixView<const float> power() const { return {power_.get(), frames_, bins()}; }
  bool empty() const { return frames_ == 0; }

 private:
  StftParams params_;
  math::Index frames_ = 0;
  std::unique_ptr<float[]> power_;
};

}  // namespace medley::features

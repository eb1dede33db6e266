#pragma once

#include "medley/features/audio/stft.h"
#include "medley/math/matrix.h"
#include "medley/math/simd/narrow_product.h"

#include <array>
#include <memory>
#include <mutex>

namespace medley::features {

/// How strong each of the twelve pitch classes is, C first, the strongest of a frame 1: librosa's
/// `feature.chroma_stft`. Const and thread-safe; a filter bank is made when its tuning is first met, 50 kB
/// each for 2048 samples.
class Chromagram {
 public:
  static constexpr int kClasses = 12;

  explicit Chromagram(const StftParams& params) : params_(params), banks_(std::make_unique<Banks>()) {}

  /// [frames x 12], of spectra with the same parameters; `tuning` as `estimate_tuning` gives it, in [-50,
  /// 50].
  math::Matrix frames(const Stft& stft, int tuning) const;

 private:
  static constexpr int kFarthest = 50;
  struct Bank {
    std::once_flag made;
    std::unique_ptr<const math::simd::NarrowProduct> filter;
  };
  using Banks = std::array<Bank, 2 * kFarthest + 1>;

  StftParams params_;
  std::unique_ptr<Banks> banks_;
};

}  // namespace medley::features

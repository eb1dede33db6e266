#pragma once

#include <complex>
#include <memory>
#include <span>

namespace medley::math {

/// The discrete Fourier transform of real numbers (FFmpeg's libavutil/tx.h), not scaled: X_k = sum x_j e^(-2
/// pi i jk / n). A plan owns its buffers and is used by one thread at a time; plans are independent of each
/// other.
class RealFft {
 public:
  static constexpr int kMinSize = 4;
  static constexpr int kMaxSize = 1 << 20;

  /// Throws unless `size` is a power of two in [4, 2^20].
  explicit RealFft(int size);
  ~RealFft();
  RealFft(RealFft&&) noexcept;
  RealFft& operator=(RealFft&&) noexcept;
  RealFft(const RealFft&) = delete;
  RealFft& operator=(const RealFft&) = delete;

  int size() const;

  /// What is to be transformed: `size` numbers at an aligned address, zero at first. Their values after
  /// `transform` are unspecified.
  std::span<float> input();

  /// The size / 2 + 1 terms from frequency 0 on; overwritten by the next call.
  std::span<const std::complex<float>> transform();

 private:
  struct Plan;
  std::unique_ptr<Plan> plan_;
};

}  // namespace medley::math

#pragma once

#include <complex>
#include <memory>
#include <span>

namespace medley::math {

/// The discrete Fourier transform of real numbers (FFmpeg's libavutil/tx.h), not scaled: X_k = sum x_j e^(-2
/// pi i jk / n). A plan owns its buffers and is used by one thread at a time; plans are independent of each
/// other.
///
/// In float, rounding leaves about 1e-7 of the largest term on every other one; in double, 1e-16.
template <class Real>
class BasicRealFft {
 public:
  static constexpr int kMinSize = 4;
  static constexpr int kMaxSize = 1 << 20;

  /// Throws unless `size` is a power of two in [4, 2^20].
  explicit BasicRealFft(int size);
  ~BasicRealFft();
  BasicRealFft(BasicRealFft&&) noexcept;
  BasicRealFft& operator=(BasicRealFft&&) noexcept;
  BasicRealFft(const BasicRealFft&) = delete;
  BasicRealFft& operator=(const BasicRealFft&) = delete;

  int size() const;

  /// What is to be transformed: `size` numbers at an aligned address, zero at first. Their values after
  /// `transform` are unspecified.
  std::span<Real> input();

  /// The size / 2 + 1 terms from frequency 0 on; overwritten by the next call.
  std::span<const std::complex<Real>> transform();

 private:
  struct Plan;
  std::unique_ptr<Plan> plan_;
};

using RealFft = BasicRealFft<float>;
using RealFftF64 = BasicRealFft<double>;

extern template class BasicRealFft<float>;
extern template class BasicRealFft<double>;

}  // namespace medley::math

#include "medley/math/fft.h"

#include "medley/core/error.h"

extern "C" {
#include <libavutil/mem.h>
#include <libavutil/tx.h>
}

#include <algorithm>
#include <bit>
#include <cstddef>
#include <type_traits>

namespace medley::math {
namespace {

struct Free {
  void operator()(void* memory) const { av_free(memory); }
};
struct Uninit {
  void operator()(AVTXContext* context) const { av_tx_uninit(&context); }
};

/// Zeros, aligned for the widest instructions that libavutil uses.
template <class T>
std::unique_ptr<T[], Free> zeros(std::size_t count) {
  auto* memory = static_cast<T*>(av_mallocz(count * sizeof(T)));
  require(memory != nullptr, "no memory for a Fourier transform of {} numbers", count);
  return std::unique_ptr<T[], Free>(memory);
}

}  // namespace

template <class Real>
struct BasicRealFft<Real>::Plan {
  int size = 0;
  std::unique_ptr<Real[], Free> input;
  std::unique_ptr<std::complex<Real>[], Free> output;
  std::unique_ptr<AVTXContext, Uninit> context;
  av_tx_fn run = nullptr;
};

template <class Real>
BasicRealFft<Real>::BasicRealFft(int size) : plan_(std::make_unique<Plan>()) {
  require(size >= kMinSize && size <= kMaxSize && std::has_single_bit(static_cast<unsigned>(size)),
          "the length of a Fourier transform must be a power of two in [{}, {}], got {}", kMinSize, kMaxSize,
          size);
  plan_->size = size;
  plan_->input = zeros<Real>(static_cast<std::size_t>(size));
  plan_->output = zeros<std::complex<Real>>(static_cast<std::size_t>(size) / 2 + 1);
  AVTXContext* context = nullptr;
  const Real scale = 1;
  constexpr auto kType = std::is_same_v<Real, float> ? AV_TX_FLOAT_RDFT : AV_TX_DOUBLE_RDFT;
  const int failed = av_tx_init(&context, &plan_->run, kType, 0, size, &scale, 0);
  require(failed == 0, "libavutil gives no Fourier transform of {} numbers (error {})", size, failed);
  plan_->context.reset(context);
}

template <class Real>
BasicRealFft<Real>::~BasicRealFft() = default;
template <class Real>
BasicRealFft<Real>::BasicRealFft(BasicRealFft&&) noexcept = default;
template <class Real>
BasicRealFft<Real>& BasicRealFft<Real>::operator=(BasicRealFft&&) noexcept = default;

template <class Real>
int BasicRealFft<Real>::size() const {
  return plan_->size;
}

template <class Real>
std::span<Real> BasicRealFft<Real>::input() {
  return {plan_->input.get(), static_cast<std::size_t>(plan_->size)};
}

template <class Real>
std::span<const std::complex<Real>> BasicRealFft<Real>::transform() {
  plan_->run(plan_->context.get(), plan_->output.get(), plan_->input.get(), sizeof(Real));
  return {plan_->output.get(), static_cast<std::size_t>(plan_->size) / 2 + 1};
}

template class BasicRealFft<float>;
template class BasicRealFft<double>;

}  // namespace medley::math

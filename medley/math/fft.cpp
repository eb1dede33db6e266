#include "medley/math/fft.h"

#include "medley/core/error.h"

extern "C" {
#include <libavutil/mem.h>
#include <libavutil/tx.h>
}

#include <algorithm>
#include <bit>
#include <cstddef>

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

struct RealFft::Plan {
  int size = 0;
  std::unique_ptr<float[], Free> input;
  std::unique_ptr<std::complex<float>[], Free> output;
  std::unique_ptr<AVTXContext, Uninit> context;
  av_tx_fn run = nullptr;
};

RealFft::RealFft(int size) : plan_(std::make_unique<Plan>()) {
  require(size >= kMinSize && size <= kMaxSize && std::has_single_bit(static_cast<unsigned>(size)),
          "the length of a Fourier transform must be a power of two in [{}, {}], got {}", kMinSize, kMaxSize,
          size);
  plan_->size = size;
  plan_->input = zeros<float>(static_cast<std::size_t>(size));
  plan_->output = zeros<std::complex<float>>(static_cast<std::size_t>(size) / 2 + 1);
  AVTXContext* context = nullptr;
  const float scale = 1.0f;
  const int failed = av_tx_init(&context, &plan_->run, AV_TX_FLOAT_RDFT, 0, size, &scale, 0);
  require(failed == 0, "libavutil gives no Fourier transform of {} numbers (error {})", size, failed);
  plan_->context.reset(context);
}

RealFft::~RealFft() = default;
RealFft::RealFft(RealFft&&) noexcept = default;
RealFft& RealFft::operator=(RealFft&&) noexcept = default;

int RealFft::size() const {
  return plan_->size;
}

std::span<float> RealFft::input() {
  return {plan_->input.get(), static_cast<std::size_t>(plan_->size)};
}

std::span<const std::complex<float>> RealFft::transform() {
  plan_->run(plan_->context.get(), plan_->output.get(), plan_->input.get(), sizeof(float));
  return {plan_->output.get(), static_cast<std::size_t>(plan_->size) / 2 + 1};
}

}  // namespace medley::math

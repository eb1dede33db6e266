// Our kernels beside what the machine can do, measured in the same run (`make bench`): sgemm for arithmetic,
// a triad over memory for bandwidth, one FFT of 2048 points for spectra. Rates are in operations or bytes a
// second.
#include "medley/core/rng.h"
#include "medley/features/audio/cepstrum.h"
#include "medley/features/audio/chromagram.h"
#include "medley/features/audio/mel.h"
#include "medley/features/audio/onsets.h"
#include "medley/features/audio/spectral_shape.h"
#include "medley/features/audio/tuning.h"
#include "medley/math/dense.h"
#include "medley/math/fft.h"
#include "medley/math/simd/band_filter.h"
#include "medley/math/simd/narrow_product.h"
#include "medley/math/simd/vectors.h"

#include <benchmark/benchmark.h>

#include <vector>

namespace medley {
namespace {

using math::Matrix;
namespace simd = math::simd;

constexpr auto kRate = benchmark::Counter::kIsIterationInvariantRate;

std::vector<float> random_values(std::size_t count) {
  Rng rng(1);
  std::vector<float> out(count);
  for (auto& value : out) value = static_cast<float>(rng.uniform());
  return out;
}

Matrix random_matrix(math::Index rows, math::Index cols) {
  Matrix out(rows, cols);
  const auto values = random_values(static_cast<std::size_t>(rows * cols));
  std::copy(values.begin(), values.end(), out.data());
  return out;
}

/// Five seconds of noise.
const std::vector<float>& clip() {
  static const auto samples = random_values(std::size_t{5} * 22050);
  return samples;
}

const features::Stft& spectra() {
  static const features::Stft stft(clip(), {});
  return stft;
}

void roofline_sgemm(benchmark::State& state) {
  const auto a = random_matrix(512, 512), b = random_matrix(512, 512);
  Matrix c(512, 512);
  while (state.KeepRunning()) {
    math::gemm(a.view(), math::Transpose::no, b.view(), math::Transpose::no, c.view());
    benchmark::DoNotOptimize(c.data());
  }
  state.counters["flop"] = benchmark::Counter(2.0 * 512 * 512 * 512, kRate);
}

void roofline_triad(benchmark::State& state) {
  constexpr std::size_t kCount = std::size_t{1} << 23;  // 32 MB an array, beyond every cache
  const auto a = random_values(kCount), b = random_values(kCount);
  std::vector<float> out(kCount);
  while (state.KeepRunning()) {
    for (std::size_t i = 0; i < kCount; ++i) out[i] = a[i] + 3.0f * b[i];
    benchmark::DoNotOptimize(out.data());
    benchmark::ClobberMemory();
  }
  state.counters["byte"] = benchmark::Counter(3.0 * sizeof(float) * kCount, kRate);
}

void roofline_fft_2048(benchmark::State& state) {
  math::RealFft fft(2048);
  const auto values = random_values(2048);
  while (state.KeepRunning()) {
    std::copy(values.begin(), values.end(), fft.input().begin());
    benchmark::DoNotOptimize(fft.transform().data());
  }
}

void kernel_dot(benchmark::State& state) {
  const auto n = static_cast<std::size_t>(state.range(0));
  const auto a = random_values(n), b = random_values(n);
  while (state.KeepRunning()) benchmark::DoNotOptimize(simd::dot(a, b));
  state.counters["flop"] = benchmark::Counter(2.0 * static_cast<double>(n), kRate);
}

void kernel_axpy(benchmark::State& state) {
  const auto n = static_cast<std::size_t>(state.range(0));
  const auto x = random_values(n);
  auto y = x;
  while (state.KeepRunning()) {
    simd::axpy(1e-6f, x, y);
    benchmark::DoNotOptimize(y.data());
  }
  state.counters["flop"] = benchmark::Counter(2.0 * static_cast<double>(n), kRate);
}

void kernel_logs(benchmark::State& state) {
  const auto n = static_cast<std::size_t>(state.range(0));
  const auto x = random_values(n);
  std::vector<float> out(n);
  while (state.KeepRunning()) {
    simd::logs(x, 1e-10f, out);
    benchmark::DoNotOptimize(out.data());
  }
  state.counters["log"] = benchmark::Counter(static_cast<double>(n), kRate);
}

void kernel_mel_filter(benchmark::State& state) {
  const auto filter = features::mel_filter({}, 128);
  const auto power = random_values(1025);
  std::vector<float> out(128);
  while (state.KeepRunning()) {
    filter.apply(power, out);
    benchmark::DoNotOptimize(out.data());
  }
}

void kernel_narrow_product(benchmark::State& state) {
  const auto a = random_matrix(216, state.range(0)), b = random_matrix(state.range(0), state.range(1));
  const simd::NarrowProduct product(b.view());
  Matrix c(216, state.range(1));
  while (state.KeepRunning()) {
    product.multiply(a.view(), c.view());
    benchmark::DoNotOptimize(c.data());
  }
  state.counters["flop"] =
      benchmark::Counter(2.0 * 216 * static_cast<double>(state.range(0) * state.range(1)), kRate);
}

void clip_stft(benchmark::State& state) {
  while (state.KeepRunning()) benchmark::DoNotOptimize(features::Stft(clip(), {}).frames());
}

void clip_mel_decibels(benchmark::State& state) {
  const auto mels = features::mel_filter({}, 128);
  while (state.KeepRunning()) benchmark::DoNotOptimize(features::mel_decibels(spectra(), mels).data());
}

void clip_mfcc(benchmark::State& state) {
  const features::Cepstrum cepstrum({}, 128, 20);
  while (state.KeepRunning()) benchmark::DoNotOptimize(cepstrum.frames(features::Stft(clip(), {})).data());
}

void clip_tuning(benchmark::State& state) {
  while (state.KeepRunning()) benchmark::DoNotOptimize(features::estimate_tuning(spectra()));
}

void clip_chroma(benchmark::State& state) {
  const features::Chromagram chroma({});
  while (state.KeepRunning()) benchmark::DoNotOptimize(chroma.frames(features::Stft(clip(), {}), 0).data());
}

void clip_spectral_shape(benchmark::State& state) {
  const features::SpectralShape shape({});
  while (state.KeepRunning()) benchmark::DoNotOptimize(shape.frames(spectra()).data());
}

void clip_tempo(benchmark::State& state) {
  const auto onsets = random_values(216);
  while (state.KeepRunning()) benchmark::DoNotOptimize(features::tempo_bpm(onsets, {}));
}

BENCHMARK(roofline_sgemm);
BENCHMARK(roofline_triad);
BENCHMARK(roofline_fft_2048);
BENCHMARK(kernel_dot)->Arg(64)->Arg(1025)->Arg(1 << 20);
BENCHMARK(kernel_axpy)->Arg(64)->Arg(1025)->Arg(1 << 20);
BENCHMARK(kernel_logs)->Arg(128)->Arg(1 << 15);
BENCHMARK(kernel_mel_filter);
BENCHMARK(kernel_narrow_product)->Args({128, 20})->Args({1025, 12});
BENCHMARK(clip_stft)->Unit(benchmark::kMicrosecond);
BENCHMARK(clip_mel_decibels)->Unit(benchmark::kMicrosecond);
BENCHMARK(clip_mfcc)->Unit(benchmark::kMicrosecond);
BENCHMARK(clip_tuning)->Unit(benchmark::kMicrosecond);
BENCHMARK(clip_chroma)->Unit(benchmark::kMicrosecond);
BENCHMARK(clip_spectral_shape)->Unit(benchmark::kMicrosecond);
BENCHMARK(clip_tempo)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace medley

BENCHMARK_MAIN();

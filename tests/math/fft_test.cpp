#include "medley/math/fft.h"

#include "medley/core/error.h"
#include "medley/core/rng.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <vector>

namespace medley::math {
namespace {

std::vector<float> noise(int size, std::uint64_t seed) {
  Rng rng(seed);
  std::vector<float> out(static_cast<std::size_t>(size));
  for (auto& value : out) value = static_cast<float>(2 * rng.uniform() - 1);
  return out;
}

std::vector<std::complex<float>> transform(RealFft& plan, const std::vector<float>& values) {
  std::copy(values.begin(), values.end(), plan.input().begin());
  const auto out = plan.transform();
  return {out.begin(), out.end()};
}

std::complex<double> by_definition(const std::vector<float>& values, std::size_t k) {
  std::complex<double> sum = 0.0;
  const auto n = static_cast<double>(values.size());
  for (std::size_t j = 0; j < values.size(); ++j) {
    const auto turns = std::fmod(static_cast<double>(j) * static_cast<double>(k), n) / n;
    sum += static_cast<double>(values[j]) * std::polar(1.0, -2 * std::numbers::pi * turns);
  }
  return sum;
}

TEST(RealFft, is_the_sum_of_its_definition_at_every_size) {
  for (int size = RealFft::kMinSize; size <= 2048; size *= 2) {
    RealFft plan(size);
    const auto values = noise(size, static_cast<std::uint64_t>(size));
    const auto found = transform(plan, values);
    ASSERT_EQ(found.size(), static_cast<std::size_t>(size / 2 + 1));
    // Rounding grows with the square root of the energy, which is the size here, times the passes.
    const double bound = 1e-7 * std::sqrt(size) * std::log2(size);
    for (std::size_t k = 0; k < found.size(); k += size > 64 ? 13 : 1)
      ASSERT_LT(std::abs(std::complex<double>(found[k]) - by_definition(values, k)), bound)
          << size << " " << k;
  }
}

TEST(RealFft, in_double_is_exact_to_the_digits_of_double) {
  for (const int size : {4, 64, 2048}) {
    RealFftF64 plan(size);
    const auto values = noise(size, 7);
    std::copy(values.begin(), values.end(), plan.input().begin());
    const auto found = plan.transform();
    const double bound = 2e-16 * std::sqrt(size) * std::log2(size) * 4;
    for (std::size_t k = 0; k < found.size(); k += size > 64 ? 13 : 1)
      ASSERT_LT(std::abs(found[k] - by_definition(values, k)), bound) << size << " " << k;
  }
}

TEST(RealFft, of_a_tone_is_one_term) {
  RealFft plan(64);
  std::vector<float> tone(64);
  for (std::size_t j = 0; j < 64; ++j)
    tone[j] = static_cast<float>(std::cos(2 * std::numbers::pi * 5 * static_cast<double>(j) / 64));
  const auto found = transform(plan, tone);
  for (std::size_t k = 0; k <= 32; ++k) EXPECT_NEAR(std::abs(found[k]), k == 5 ? 32.0 : 0.0, 1e-5) << k;
}

TEST(RealFft, a_plan_gives_the_same_again_and_plans_do_not_meet) {
  RealFft one(256), other(256);
  const auto values = noise(256, 1);
  const auto first = transform(one, values);
  transform(other, noise(256, 2));
  EXPECT_EQ(transform(one, values), first);
  auto moved = std::move(one);
  EXPECT_EQ(moved.size(), 256);
  EXPECT_EQ(transform(moved, values), first);
}

TEST(RealFft, starts_with_zeros) {
  RealFft plan(8);
  for (const auto& term : plan.transform()) EXPECT_EQ(term, 0.0f);
}

TEST(RealFft, refuses_other_lengths_than_powers_of_two) {
  for (const int size : {-4, 0, 1, 2, 3, 12, 1000, 1 << 21}) EXPECT_THROW(RealFft{size}, Error) << size;
}

}  // namespace
}  // namespace medley::math

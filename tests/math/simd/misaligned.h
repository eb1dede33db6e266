#pragma once

#include "medley/core/rng.h"

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

namespace medley::math::simd::test {

/// Random numbers in [-1, 1) at any offset from an aligned address, between guards.
class Misaligned {
 public:
  Misaligned(std::size_t size, std::size_t offset, std::uint64_t seed)
      : all_(size + offset + 2 * kGuard, kGuardValue), first_(offset + kGuard), size_(size) {
    Rng rng(seed);
    for (auto& value : values()) value = static_cast<float>(2 * rng.uniform() - 1);
  }

  std::span<float> values() { return std::span(all_).subspan(first_, size_); }
  float operator[](std::size_t i) const { return all_[first_ + i]; }

  bool guards_are_whole() const {
    const auto whole = [](float value) { return value == kGuardValue; };
    const auto end = static_cast<std::ptrdiff_t>(first_ + size_);
    return std::all_of(all_.begin(), all_.begin() + static_cast<std::ptrdiff_t>(first_), whole) &&
           std::all_of(all_.begin() + end, all_.end(), whole);
  }

 private:
  static constexpr std::size_t kGuard = 16;
  static constexpr float kGuardValue = 12345.0f;

  std::vector<float> all_;
  std::size_t first_;
  std::size_t size_;
};

/// Calls `check(n, a, b)` for sizes 0 to 67 and every offset in a vector of 16 lanes.
template <class Check>
void each_size(const Check& check) {
  for (std::size_t n = 0; n <= 67; ++n) {
    for (std::size_t offset = 0; offset < 16; ++offset) {
      Misaligned a(n, offset, n), b(n, (3 * offset + 1) % 16, n + 100);
      check(n, a, b);
    }
  }
}

}  // namespace medley::math::simd::test

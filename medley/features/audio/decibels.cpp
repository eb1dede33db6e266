#include "medley/features/audio/decibels.h"

#include "medley/math/simd/vectors.h"

#include <algorithm>
#include <numbers>

namespace medley::features {
namespace {

constexpr float kRange = 80.0f;  ///< decibels
constexpr auto kPerLog = static_cast<float>(10.0 / std::numbers::ln10);

}  // namespace

void to_decibels(std::span<float> powers) {
  if (powers.empty()) return;
  math::simd::logs(powers, kLeastPower, powers);
  const float floor = math::simd::largest(powers) * kPerLog - kRange;
  for (auto& value : powers) value = std::max(value * kPerLog, floor);
}

}  // namespace medley::features

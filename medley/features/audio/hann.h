#pragma once

#include <cmath>
#include <numbers>
#include <vector>

namespace medley::features {

/// The periodic Hann window, sin^2(pi i / size).
template <class Real>
std::vector<Real> periodic_hann(int size) {
  std::vector<Real> out(static_cast<std::size_t>(size));
  for (std::size_t i = 0; i < out.size(); ++i)
    out[i] = static_cast<Real>(0.5 - 0.5 * std::cos(2 * std::numbers::pi * static_cast<double>(i) / size));
  return out;
}

}  // namespace medley::features

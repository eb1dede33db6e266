#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>

namespace medley::features {

/// ln((1 + n) / (1 + df)) + 1, scikit-learn's smoothed inverse document frequency: of what `df` of `n` items
/// have.
inline double smoothed_idf(std::size_t n, std::int64_t df) {
  return std::log((1 + static_cast<double>(n)) / (1 + static_cast<double>(df))) + 1;
}

}  // namespace medley::features

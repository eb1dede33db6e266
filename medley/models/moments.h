#pragma once

#include <cmath>

namespace medley::models {

/// The number, sum and sum of squares of values, in double, from which their standard deviation follows.
struct Moments {
  double count = 0;
  double sum = 0;
  double squares = 0;

  void add(double value) {
    count += 1;
    sum += value;
    squares += value * value;
  }
  void add(const Moments& other) {
    count += other.count;
    sum += other.sum;
    squares += other.squares;
  }
  /// Of the population; 0 for no values, and where the differences are but rounding.
  double deviation() const {
    if (count == 0) return 0;
    const double mean = sum / count;
    const double variance = squares / count - mean * mean;
    return variance > 1e-12 * mean * mean && variance > 0 ? std::sqrt(variance) : 0;
  }
};

}  // namespace medley::models

#pragma once

#include "medley/core/thread_pool.h"

#include <cstdint>
#include <span>
#include <vector>

namespace medley::eval {

struct Interval {
  double low = 0.0;
  double high = 0.0;
};

struct BootstrapOptions {
  int draws = 2000;
  double level = 0.95;
  std::uint64_t seed = 1;
};

/// Percentile bootstrap intervals of means over users (Efron and Tibshirani 1993, chapter 13). Each of
/// `columns` holds one value a user, the same users in the same order; every draw of users serves all
/// columns. Percentiles interpolate linearly between draws. No users: {0, 0}. The result does not depend on
/// the number of threads. Time: draws * users * (1 + columns).
std::vector<Interval> bootstrap(std::span<const std::vector<double>> columns, ThreadPool& pool,
                                const BootstrapOptions& options = {});

/// The `share` (0 to 1) percentile of rising, non-empty `values`, interpolated linearly (NumPy's default).
double percentile(std::span<const double> values, double share);

}  // namespace medley::eval

#pragma once

#include <span>

namespace medley::eval {

/// Two-sided p-value of Student's t-test that the mean of paired differences is 0, as
/// `scipy.stats.ttest_rel`. Fewer than two differences, or zeros only: 1. Equal differences other than 0: 0.
/// Throws `invalid_argument` for a difference that is not finite.
double paired_t(std::span<const double> differences);

}  // namespace medley::eval

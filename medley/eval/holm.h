#pragma once

#include <span>
#include <vector>

namespace medley::eval {

/// Holm's step-down adjusted p-values (Scandinavian Journal of Statistics 6, 1979), in the order given:
/// the i-th smallest of m is multiplied by m - i + 1, never below the adjusted one before it, at most 1.
/// Throws `invalid_argument` for a value outside [0, 1].
std::vector<double> holm(std::span<const double> p_values);

}  // namespace medley::eval

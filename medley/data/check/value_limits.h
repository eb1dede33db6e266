#pragma once

#include <optional>
#include <span>

namespace medley::data {

/// The values between which those of a log may lie.
struct ValueLimits {
  double min = 0.0;
  double max = 0.0;

  bool holds(double value) const { return value >= min && value <= max; }
};

/// The limits of the scale on which most of `values` lie, or nothing where there is none to see (counts,
/// prices).
///
/// Common values are those that at least two events and one in a thousand have. The limits are the smallest
/// and the largest of them, widened by the larger of their distance and the largest magnitude (a scale of
/// 1 to 5 allows 10 but not 50), and never below 0 where all common values are at least 0. It is a scale only
/// if at most one value in a hundred, or a single one, lies outside.
std::optional<ValueLimits> value_limits(std::span<const float> values);

}  // namespace medley::data

#pragma once

#include "medley/data/check/check.h"

namespace medley::data {

/// Seconds since 1970 of 1990-01-01: no log of this kind is older.
inline constexpr std::int64_t kEarliestTime = 631'152'000;

/// Counts of users, items and events, and what is wrong with events, into `report`.
void check_log(const Dataset& dataset, const CheckOptions& options, CheckReport& report);

}  // namespace medley::data

#pragma once

#include "medley/data/check/check.h"

#include <cstdint>
#include <span>
#include <string>

namespace medley::data {

/// The unit in which at least 99 % of `values` lie between 1990 and 2100, counted from 1970: s, ms, us or ns.
/// These ranges do not overlap. "" where there is no such unit, or no value.
std::string guess_time_unit(std::span<const double> values);

/// How many of a unit are a second; 1 for "s", "ISO" and "".
std::int64_t per_second(const std::string& unit);

/// Guesses the unit of the log's times ("ISO" where the source wrote dates), and of every column of numbers
/// or texts of the catalogue that holds times, into `report.time_columns`; times of another unit than seconds
/// are a problem.
void check_time_units(const Dataset& dataset, CheckReport& report);

}  // namespace medley::data

#pragma once

#include "medley/data/events.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace medley::data {

/// Why `id` cannot be an id, or "": it is empty, too long, or holds a NUL. `what` names it: user, item.
std::string id_fault(std::string_view id, std::string_view what);

/// A finite number; blanks around it are taken off. Nothing for other text, NaN and values beyond float32.
std::optional<float> parse_value(std::string_view text);

/// A finite number as above, in double.
std::optional<double> parse_number(std::string_view text);

/// A time as whole seconds since 1970 UTC, by integer arithmetic only:
/// - a whole number, taken as it is (milliseconds stay what they are: units are not guessed);
/// - a decimal number (`964982703.25`, `8.81250949E8`), rounded down to its second;
/// - ISO 8601: `2001-02-03`, `2001-02-03T04:05`, `2001-02-03 04:05:06.789+09:00`; UTC where no zone is
/// written. Nothing for other text, dates that do not exist, and numbers beyond 64 bits.
std::optional<std::int64_t> parse_time(std::string_view text);

/// Whether `parse_time` would read the text as a date (YYYY-MM-DD...), not as a number.
bool is_iso_time(std::string_view text);

/// yes, no, true, false, y, n, 1 or 0, in any case; blanks around it are taken off.
std::optional<bool> parse_flag(std::string_view text);

/// The year of a title: its last "(YYYY)".
std::optional<double> year_of_title(std::string_view title);

/// The parts between separators, blanks around them taken off, empty ones left out.
std::vector<std::string> split_values(std::string_view text, std::string_view separator);

/// Blanks at both ends taken off.
std::string_view trimmed(std::string_view text);

}  // namespace medley::data

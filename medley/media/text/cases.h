#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace medley::media {

/// Functions of Python's `str` on UTF-8, for rules that were written for it. Text that is not well-formed has
/// replacement characters in place of what is wrong. Unicode 15 (ICU 72). Thread-safe.

/// `text.lower()`: the full mapping, which knows the final sigma.
std::string lower_case(std::string_view text);

/// `text.isupper()`: it has a letter with case, and none in lower or title case.
bool is_upper_case(std::string_view text);

/// `text.split()`: the runs between white space; views into `text`.
std::vector<std::string_view> split_at_spaces(std::string_view text);

}  // namespace medley::media

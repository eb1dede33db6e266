// One field as each of the types that a reader takes: a number is finite, a whole number of seconds stays
// what it is, and values that are split hold neither blanks at their ends nor the separator.
#include "medley/data/readers/fields.h"

#include <fmt/format.h>

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace medley::data;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto value = parse_value(text);
  const auto number = parse_number(text);
  if ((value && !std::isfinite(*value)) || (number && !std::isfinite(*number)) || (value && !number))
    std::abort();
  if (const auto time = parse_time(text)) {
    if (*time == kNoTime || parse_time(fmt::format(" {}", *time)) != time) std::abort();
  }
  const auto year = year_of_title(text);
  if (year && !(0 <= *year && *year <= 9999)) std::abort();
  for (const auto& part : split_values(text, "|")) {
    if (part.empty() || trimmed(part) != part || part.find('|') != std::string::npos) std::abort();
  }
  const bool fits = !text.empty() && text.size() <= IdMap::kMaxIdBytes;
  if (id_fault(text, "item").empty() != (fits && text.find('\0') == std::string_view::npos)) std::abort();
  return 0;
}

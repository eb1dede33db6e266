#include "medley/data/readers/fields.h"

#include "medley/core/params.h"
#include "medley/data/id_map.h"

#include <fmt/core.h>

#include <algorithm>
#include <cctype>
#include <chrono>
#include <cmath>
#include <limits>

namespace medley::data {
namespace {

bool is_digit(char c) {
  return '0' <= c && c <= '9';
}

/// Takes `count` digits (or, with 0, all there are) off the front of `text`.
std::optional<std::int64_t> take_digits(std::string_view& text, std::size_t count = 0) {
  std::size_t n = 0;
  while (n < text.size() && is_digit(text[n]) && (count == 0 || n < count)) ++n;
  std::int64_t value = 0;
  if (n == 0 || (count > 0 && n != count) || !parse_int(text.substr(0, n), value)) return std::nullopt;
  text.remove_prefix(n);
  return value;
}

bool take(std::string_view& text, char c) {
  if (text.empty() || text.front() != c) return false;
  text.remove_prefix(1);
  return true;
}

/// Rounds digits.digits[e exponent] down to a whole number, without a float on the way.
std::optional<std::int64_t> parse_decimal(std::string_view text) {
  const bool negative = take(text, '-');
  if (!negative) take(text, '+');
  std::string digits;
  std::int64_t point = 0;  // digits before the decimal point
  bool after = false;
  while (!text.empty() && (is_digit(text.front()) || (text.front() == '.' && !after))) {
    if (text.front() == '.') {
      after = true;
    } else {
      digits += text.front();
      point += after ? 0 : 1;
    }
    text.remove_prefix(1);
  }
  if (digits.empty() || digits.size() > 64) return std::nullopt;
  if (take(text, 'e') || take(text, 'E')) {
    const bool minus = take(text, '-');
    if (!minus) take(text, '+');
    const auto exponent = take_digits(text);
    if (!exponent || *exponent > 64) return std::nullopt;
    point += minus ? -*exponent : *exponent;
  }
  if (!text.empty()) return std::nullopt;
  const auto whole = static_cast<std::size_t>(std::clamp<std::int64_t>(point, 0, 128));
  bool fraction = false;
  for (std::size_t i = point < 0 ? 0 : whole; i < digits.size(); ++i) fraction |= digits[i] != '0';
  digits.resize(whole, '0');
  std::int64_t value = 0;
  if (!digits.empty() && !parse_int(digits, value)) return std::nullopt;
  if (!negative) return value;
  return -value - (fraction ? 1 : 0);
}

/// Seconds east of UTC: Z, +HH, +HHMM, +HH:MM; nothing written is UTC.
std::optional<std::int64_t> parse_zone(std::string_view text) {
  if (text.empty() || text == "Z" || text == "z") return 0;
  const bool west = text.front() == '-';
  if (!west && text.front() != '+') return std::nullopt;
  text.remove_prefix(1);
  const auto hours = take_digits(text, 2);
  if (!hours || *hours > 14) return std::nullopt;
  std::int64_t minutes = 0;
  if (!text.empty()) {
    take(text, ':');
    const auto found = take_digits(text, 2);
    if (!found || *found > 59 || !text.empty()) return std::nullopt;
    minutes = *found;
  }
  const auto seconds = *hours * 3600 + minutes * 60;
  return west ? -seconds : seconds;
}

std::optional<std::int64_t> parse_iso_8601(std::string_view text) {
  const auto year = take_digits(text, 4);
  if (!year || !take(text, '-')) return std::nullopt;
  const auto month = take_digits(text, 2);
  if (!month || !take(text, '-')) return std::nullopt;
  const auto day = take_digits(text, 2);
  if (!day) return std::nullopt;
  const std::chrono::year_month_day date(std::chrono::year(static_cast<int>(*year)),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day)));
  if (!date.ok()) return std::nullopt;
  const std::int64_t midnight = std::int64_t{std::chrono::sys_days(date).time_since_epoch().count()} * 86'400;
  if (text.empty()) return midnight;
  if (!take(text, 'T') && !take(text, ' ')) return std::nullopt;
  const auto hour = take_digits(text, 2);
  if (!hour || *hour > 23 || !take(text, ':')) return std::nullopt;
  const auto minute = take_digits(text, 2);
  if (!minute || *minute > 59) return std::nullopt;
  std::int64_t second = 0;
  if (take(text, ':')) {
    const auto found = take_digits(text, 2);
    if (!found || *found > 60) return std::nullopt;  // 60: a leap second
    second = *found;
    if (take(text, '.') || take(text, ',')) {
      const auto digits = text.find_first_not_of("0123456789");
      if (digits == 0 || text.empty()) return std::nullopt;
      text.remove_prefix(std::min(digits, text.size()));
    }
  }
  take(text, ' ');
  const auto zone = parse_zone(text);
  if (!zone) return std::nullopt;
  return midnight + *hour * 3600 + *minute * 60 + second - *zone;
}

}  // namespace

std::string id_fault(std::string_view id, std::string_view what) {
  if (id.empty()) return fmt::format("{} is empty", what);
  if (id.size() > IdMap::kMaxIdBytes) {
    return fmt::format("{} has {} bytes, the limit is {}", what, id.size(), IdMap::kMaxIdBytes);
  }
  if (id.find('\0') != std::string_view::npos) return fmt::format("{} holds a NUL byte", what);
  return {};
}

std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

std::optional<double> parse_number(std::string_view text) {
  double value = 0;
  if (!parse_double(trimmed(text), value)) return std::nullopt;
  return value;
}

std::optional<float> parse_value(std::string_view text) {
  const auto value = parse_number(text);
  if (!value || std::abs(*value) > double{std::numeric_limits<float>::max()}) return std::nullopt;
  return static_cast<float>(*value);
}

bool is_iso_time(std::string_view text) {
  text = trimmed(text);
  return text.size() >= 10 && text[4] == '-' && text[7] == '-';
}

std::optional<std::int64_t> parse_time(std::string_view text) {
  text = trimmed(text);
  std::int64_t seconds = 0;
  std::optional<std::int64_t> found;
  if (parse_int(text, seconds)) {
    found = seconds;
  } else if (is_iso_time(text)) {
    found = parse_iso_8601(text);
  } else {
    found = parse_decimal(text);
  }
  if (found == kNoTime) return std::nullopt;
  return found;
}

std::optional<bool> parse_flag(std::string_view text) {
  std::string word(trimmed(text));
  for (auto& c : word) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  if (word == "yes" || word == "true" || word == "y" || word == "1") return true;
  if (word == "no" || word == "false" || word == "n" || word == "0") return false;
  return std::nullopt;
}

std::optional<double> year_of_title(std::string_view title) {
  for (std::size_t at = title.rfind('('); at != std::string_view::npos; at = title.rfind('(', at - 1)) {
    auto rest = title.substr(at + 1);
    const auto year = take_digits(rest, 4);
    if (year && take(rest, ')')) return static_cast<double>(*year);
    if (at == 0) break;
  }
  return std::nullopt;
}

std::vector<std::string> split_values(std::string_view text, std::string_view separator) {
  std::vector<std::string> out;
  for (std::size_t begin = 0;;) {
    const auto end = separator.empty() ? std::string_view::npos : text.find(separator, begin);
    const auto part = trimmed(text.substr(begin, end - begin));
    if (!part.empty()) out.emplace_back(part);
    if (end == std::string_view::npos) return out;
    begin = end + separator.size();
  }
}

}  // namespace medley::data

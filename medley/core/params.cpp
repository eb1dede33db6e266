#include "medley/core/params.h"

#include "medley/core/error.h"

#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numeric>

namespace medley {
namespace {

template <class T>
std::vector<std::string> limits_of(Range<T> range) {
  return {fmt::format("{}", range.min), fmt::format("{}", range.max)};
}

double number_in(const char* name, std::string_view text, Range<double> range) {
  double number = 0.0;
  require(parse_double(text, number), "'{}' must be a number, got '{}'", name, text);
  require(range.min <= number && number <= range.max, "'{}' must be in [{}, {}], got {}", name, range.min,
          range.max, text);
  return number;
}

}  // namespace

bool parse_int(std::string_view text, std::int64_t& out) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc{} && end == text.data() + text.size();
}

bool parse_double(std::string_view text, double& out) {
  if (!text.empty() && text.front() == '+') text.remove_prefix(1);
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc{} && end == text.data() + text.size() && std::isfinite(out);
}

std::vector<std::string> split_list(std::string_view text, char separator) {
  std::vector<std::string> out;
  if (text.empty()) return out;
  for (std::size_t begin = 0;;) {
    const auto end = text.find(separator, begin);
    out.emplace_back(text.substr(begin, end - begin));
    if (end == std::string_view::npos) return out;
    begin = end + 1;
  }
}

std::vector<std::string> split_outside_brackets(std::string_view text, char separator) {
  std::vector<std::string> out;
  if (text.empty()) return out;
  int depth = 0;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '(' || text[i] == '[') ++depth;
    if (text[i] == ')' || text[i] == ']') --depth;
    if (text[i] != separator || depth > 0) continue;
    out.emplace_back(text.substr(begin, i - begin));
    begin = i + 1;
  }
  out.emplace_back(text.substr(begin));
  return out;
}

std::string nearest_name(std::string_view name, const std::vector<std::string>& candidates) {
  std::string best;
  std::size_t best_distance = name.size() / 3 + 2;
  for (const auto& candidate : candidates) {
    // Levenshtein distance, one row at a time.
    std::vector<std::size_t> row(candidate.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < name.size(); ++i) {
      std::size_t diagonal = row[0];
      row[0] = i + 1;
      for (std::size_t j = 0; j < candidate.size(); ++j) {
        const std::size_t substituted = diagonal + (name[i] == candidate[j] ? 0 : 1);
        diagonal = row[j + 1];
        row[j + 1] = std::min({row[j] + 1, row[j + 1] + 1, substituted});
      }
    }
    if (row.back() < best_distance) {
      best_distance = row.back();
      best = candidate;
    }
  }
  return best;
}

std::string to_text(const Value& value) {
  struct Printer {
    std::string operator()(bool v) const { return v ? "true" : "false"; }
    std::string operator()(std::int64_t v) const { return fmt::format("{}", v); }
    std::string operator()(double v) const { return fmt::format("{}", v); }
    std::string operator()(const std::string& v) const { return v; }
    std::string operator()(const std::vector<double>& v) const {
      return fmt::format("{}", fmt::join(v, "+"));
    }
    std::string operator()(const std::vector<std::string>& v) const {
      return fmt::format("{}", fmt::join(v, "+"));
    }
  };
  return std::visit(Printer{}, value);
}

const std::string* FieldReader::take(const char* name) {
  known_.emplace_back(name);
  unread_.erase(name);
  const auto it = params_.find(name);
  return it == params_.end() ? nullptr : &it->second;
}

void FieldReader::field(const char* name, int& value, Range<int> range, const char*) {
  if (const auto* text = take(name)) {
    std::int64_t number = 0;
    require(parse_int(*text, number), "'{}' must be a whole number, got '{}'", name, *text);
    require(range.min <= number && number <= range.max, "'{}' must be in [{}, {}], got {}", name, range.min,
            range.max, *text);
    value = static_cast<int>(number);
  }
}

void FieldReader::field(const char* name, double& value, Range<double> range, const char*) {
  if (const auto* text = take(name)) value = number_in(name, *text, range);
}

void FieldReader::field(const char* name, bool& value, const char*) {
  if (const auto* text = take(name)) {
    require(*text == "true" || *text == "false", "'{}' must be true or false, got '{}'", name, *text);
    value = *text == "true";
  }
}

void FieldReader::field(const char* name, std::string& value, std::vector<std::string> choices, const char*) {
  if (const auto* text = take(name)) {
    require(choices.empty() || std::find(choices.begin(), choices.end(), *text) != choices.end(),
            "'{}' must be one of {}, got '{}'", name, fmt::join(choices, ", "), *text);
    value = *text;
  }
}

void FieldReader::field(const char* name, std::vector<double>& value, Range<double> range, const char*) {
  if (const auto* text = take(name)) {
    value.clear();
    for (const auto& part : split_list(*text, '+')) value.push_back(number_in(name, part, range));
  }
}

void FieldReader::field(const char* name, std::vector<std::string>& value, const char*) {
  if (const auto* text = take(name)) {
    value = split_outside_brackets(*text, '+');
    require(std::find(value.begin(), value.end(), "") == value.end(), "'{}' has an empty part in '{}'", name,
            *text);
  }
}

void FieldReader::file(const char* name, std::string& value, const char*) {
  if (const auto* text = take(name)) value = *text;
}

void FieldReader::plugin(const char* name, std::string& value, const char*) {
  if (const auto* text = take(name)) value = *text;
}

void FieldReader::finish() const {
  if (unread_.empty()) return;
  const auto& name = unread_.begin()->first;
  const auto near = nearest_name(name, known_);
  if (!near.empty())
    fail(ErrorCode::invalid_argument, "unknown parameter '{}'; did you mean '{}'?", name, near);
  fail(ErrorCode::invalid_argument, "unknown parameter '{}'; known: {}", name, fmt::join(known_, ", "));
}

void FieldLister::field(const char* name, int& value, Range<int> range, const char* help) {
  fields.push_back({name, help, std::int64_t{value}, limits_of(range)});
}

void FieldLister::field(const char* name, double& value, Range<double> range, const char* help) {
  fields.push_back({name, help, value, limits_of(range)});
}

void FieldLister::field(const char* name, bool& value, const char* help) {
  fields.push_back({name, help, value, {}});
}

void FieldLister::field(const char* name, std::string& value, std::vector<std::string> choices,
                        const char* help) {
  fields.push_back({name, help, value, std::move(choices)});
}

void FieldLister::field(const char* name, std::vector<double>& value, Range<double> range, const char* help) {
  fields.push_back({name, help, value, limits_of(range)});
}

void FieldLister::field(const char* name, std::vector<std::string>& value, const char* help) {
  fields.push_back({name, help, value, {}});
}

void FieldLister::file(const char* name, std::string& value, const char* help) {
  fields.push_back({name, help, value, {}, true});
}

void FieldLister::plugin(const char* name, std::string& value, const char* help) {
  fields.push_back({name, help, value, {}, false, true});
}

}  // namespace medley

#include "medley/core/spec.h"

#include "medley/core/error.h"

#include <fmt/ranges.h>

#include <cctype>

namespace medley {
namespace {

std::string_view trim(std::string_view text) {
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front()))) text.remove_prefix(1);
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back()))) text.remove_suffix(1);
  return text;
}

/// Cuts `text` at commas outside brackets; `column` is where `text` starts in what the user typed.
std::vector<std::pair<std::string_view, std::size_t>> split_top(std::string_view text, std::size_t column) {
  std::vector<std::pair<std::string_view, std::size_t>> parts;
  std::string open;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const char c = i < text.size() ? text[i] : ',';
    if (i == text.size() && !open.empty()) {
      fail(ErrorCode::invalid_argument, "spec: '{}' at the end of '{}' is missing",
           open.back() == '(' ? ')' : ']', text);
    }
    if (c == '(' || c == '[') open.push_back(c);
    if (c == ')' || c == ']') {
      require(!open.empty() && open.back() == (c == ')' ? '(' : '['),
              "spec: '{}' at column {} closes nothing", c, column + i);
      open.pop_back();
    }
    if (c == ',' && open.empty()) {
      parts.emplace_back(text.substr(begin, i - begin), column + begin);
      begin = i + 1;
    }
  }
  return parts;
}

std::vector<std::string> alternatives(std::string_view value, std::size_t column) {
  if (value.empty() || value.front() != '[') {
    return {std::string(value)};
  }
  require(value.back() == ']', "spec: text after ']' at column {}", column);
  std::vector<std::string> out;
  for (const auto& [part, at] : split_top(value.substr(1, value.size() - 2), column + 1)) {
    require(!trim(part).empty(), "spec: an empty alternative at column {}", at);
    out.emplace_back(trim(part));
  }
  return out;
}

bool is_name(std::string_view name) {
  if (name.empty()) return false;
  for (const char c : name) {
    if (!std::isalnum(static_cast<unsigned char>(c)) && c != '_' && c != '/' && c != '-') return false;
  }
  return true;
}

Spec parse_at(std::string_view text, std::size_t column) {
  Spec spec;
  spec.text = trim(text);
  const std::string_view all = spec.text;
  const auto open = all.find('(');
  spec.name = trim(all.substr(0, open));
  require(is_name(spec.name), "spec: expected a name at column {}, got '{}'", column, all);
  if (open == std::string_view::npos) return spec;
  require(all.back() == ')', "spec: text after ')' in '{}'", all);
  const auto inside = all.substr(open + 1, all.size() - open - 2);
  if (trim(inside).empty()) return spec;
  for (const auto& [part, at] : split_top(inside, column + open + 1)) {
    const auto equals = part.find('=');
    const auto key = trim(part.substr(0, equals));
    require(equals != std::string_view::npos && is_name(key),
            "spec: expected key=value at column {}, got '{}'", at, trim(part));
    const auto value = trim(part.substr(equals + 1));
    require(!value.empty(), "spec: '{}' has no value at column {}", key, at);
    const auto [it, inserted] = spec.values.emplace(key, alternatives(value, at + equals + 1));
    require(inserted, "spec: '{}' is given twice, again at column {}", key, at);
  }
  return spec;
}

}  // namespace

bool Spec::is_search() const {
  for (const auto& [key, options] : values) {
    if (options.size() > 1) return true;
  }
  return false;
}

std::vector<ParamMap> Spec::combinations() const {
  std::vector<ParamMap> out{{}};
  for (const auto& [key, options] : values) {
    std::vector<ParamMap> longer;
    for (const auto& start : out) {
      for (const auto& option : options) {
        longer.push_back(start);
        longer.back()[key] = option;
      }
    }
    out = std::move(longer);
  }
  return out;
}

Spec parse_spec(std::string_view text) {
  return parse_at(text, 1);
}

std::vector<Spec> parse_specs(std::string_view text) {
  std::vector<Spec> out;
  for (const auto& [part, column] : split_top(text, 1)) out.push_back(parse_at(part, column));
  return out;
}

std::string to_text(const std::string& name, const ParamMap& params) {
  if (params.empty()) return name;
  std::vector<std::string> parts;
  for (const auto& [key, value] : params) parts.push_back(fmt::format("{}={}", key, value));
  return fmt::format("{}({})", name, fmt::join(parts, ", "));
}

}  // namespace medley

#include "apps/medley/table.h"

#include <fmt/format.h>

#include <algorithm>

namespace medley::app {
namespace {

bool begins_code_point(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
}

std::size_t width_of(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), begins_code_point));
}

}  // namespace

Table::Table(std::vector<std::string> header, std::vector<Align> align)
    : header_(std::move(header)), align_(std::move(align)) {
  align_.resize(header_.size(), Align::left);
}

void Table::add(std::vector<std::string> row) {
  row.resize(header_.size());
  rows_.push_back(std::move(row));
}

std::string Table::text() const {
  std::vector<std::size_t> widths;
  for (std::size_t column = 0; column < header_.size(); ++column) {
    std::size_t width = width_of(header_[column]);
    for (const auto& row : rows_) width = std::max(width, width_of(row[column]));
    widths.push_back(width);
  }
  std::string out;
  const auto line = [&](const std::vector<std::string>& row) {
    std::string text;
    for (std::size_t column = 0; column < row.size(); ++column) {
      const std::string pad(widths[column] - width_of(row[column]), ' ');
      text += align_[column] == Align::right ? pad + row[column] : row[column] + pad;
      text += "  ";
    }
    text.erase(text.find_last_not_of(' ') + 1);
    out += text + "\n";
  };
  line(header_);
  std::size_t total = 0;
  for (const auto width : widths) total += width + 2;
  out += std::string(total - 2, '-') + "\n";
  for (const auto& row : rows_) line(row);
  return out;
}

std::string share_text(double value) {
  auto text = fmt::format("{:.4f}", value);
  if (text == "-0.0000") text = "0.0000";
  const std::size_t digits = text.front() == '-' ? 1 : 0;
  if (text.compare(digits, 2, "0.") == 0) text.erase(digits, 1);
  return text;
}

std::string listed(const std::vector<std::string>& names, std::size_t width) {
  std::string out;
  std::size_t taken = 0;
  for (; taken < names.size(); ++taken) {
    const auto next = (taken > 0 ? ", " : "") + shortened(names[taken], width);
    if (taken > 0 && width_of(out) + width_of(next) > width) break;
    out += next;
  }
  if (taken < names.size()) out += fmt::format(", {} more", names.size() - taken);
  return out;
}

std::string shortened(const std::string& text, std::size_t width) {
  std::string out;
  std::size_t points = 0;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t end = i + 1;
    while (end < text.size() && !begins_code_point(text[end])) ++end;
    if (++points > width) {
      // Drop the last code point kept to make room for the mark.
      while (!out.empty() && !begins_code_point(out.back())) out.pop_back();
      if (!out.empty()) out.pop_back();
      return out + "…";
    }
    const bool control = static_cast<unsigned char>(text[i]) < 0x20 || text[i] == 0x7F;
    out += control ? " " : text.substr(i, end - i);
    i = end;
  }
  return out;
}

}  // namespace medley::app

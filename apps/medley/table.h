#pragma once

#include <string>
#include <vector>

namespace medley::app {

/// Rows of text in aligned columns. Widths count code points.
class Table {
 public:
  enum class Align { left, right };

  explicit Table(std::vector<std::string> header, std::vector<Align> align = {});

  void add(std::vector<std::string> row);
  bool empty() const { return rows_.empty(); }

  /// Two spaces between columns, a rule under the header, no trailing spaces.
  std::string text() const;

 private:
  std::vector<std::string> header_;
  std::vector<Align> align_;
  std::vector<std::vector<std::string>> rows_;
};

/// ".0597" and "-.0012", as the field writes shares; other numbers keep their integer part. Four decimals.
std::string share_text(double value);

/// As many of `names` as fit into `width` code points, separated by commas, and how many more there are; the
/// first one in any case.
std::string listed(const std::vector<std::string>& names, std::size_t width);

/// `text` cut to `width` code points, "…" at the end where something was cut; line breaks become spaces.
std::string shortened(const std::string& text, std::size_t width);

}  // namespace medley::app

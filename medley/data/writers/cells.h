#pragma once

#include "medley/data/events.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace medley::data {

/// A number as the shortest text that reads back as the same one.
std::string number_cell(double value);
std::string number_cell(float value);

/// Seconds since 1970, or "" for none; with `iso` as 2001-02-03T04:05:06Z where the year has four digits.
std::string time_cell(std::int64_t time, bool iso = false);

/// The field as RFC 4180 writes it: in quotes where it holds the delimiter, a quote or a line break.
std::string quoted_cell(std::string_view text, char delimiter = ',');

/// Fields of a CSV file.
///
/// A cell that begins with = + - @, a tab or a carriage return is a formula to a spreadsheet. Such cells are
/// written as they are, so that they read back as they were; with `spreadsheet_safe` an apostrophe goes
/// before them, and is counted.
class CsvCells {
 public:
  explicit CsvCells(bool spreadsheet_safe) : spreadsheet_safe_(spreadsheet_safe) {}

  /// A text as a field.
  std::string text(std::string_view text);

  /// How many got an apostrophe.
  std::int64_t defused() const { return defused_; }

 private:
  bool spreadsheet_safe_;
  std::int64_t defused_ = 0;
};

/// Fields of a file that is split by tabs and cannot quote.
class TabCells {
 public:
  /// A text as a field: a tab, a line break or a NUL becomes a space. A quote in front becomes an apostrophe,
  /// because pandas, through which these files are read, takes it for the start of a quoted field.
  std::string text(std::string_view text);

  /// How many fields were changed.
  std::int64_t changed() const { return changed_; }

 private:
  std::int64_t changed_ = 0;
};

/// Whether an id would not read back from such a file.
bool breaks_tabs(std::string_view id);

}  // namespace medley::data

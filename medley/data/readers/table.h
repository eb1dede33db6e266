#pragma once

#include "medley/data/csv.h"
#include "medley/data/readers/source.h"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace medley::data {

struct TableOptions {
  std::string delimiter{};  ///< "" = found from the header
  bool quotes = true;
  Encoding encoding = Encoding::utf8;
  std::vector<std::string> header{};  ///< names of the columns of a file without a header row; else empty
  std::vector<std::string> wanted{};  ///< columns that tell the delimiter, where it is to be found
};

/// A file of rows under a header. Rows that do not fit it go to the sink; the caller sees the others.
class TableReader {
 public:
  /// Reads the header. Throws `corrupt_data` for an empty file, a column named twice, and a header that is
  /// not delimited by `delimiter` (naming the separator expected and the one seen).
  TableReader(const std::filesystem::path& path, TableOptions options, RowSink& sink,
              const Services& services);

  const std::vector<std::string>& columns() const { return columns_; }
  std::optional<std::size_t> find(std::string_view column) const;
  /// The column, or throws `not_found` naming the columns there are; `option` is what the user may set.
  std::size_t need(std::string_view column, std::string_view option) const;

  /// Goes to the next row that has as many fields as the header and no NUL. Throws `corrupt_data` when the
  /// first row is delimited otherwise than the header; `interrupted`.
  bool next();

  std::string_view field(std::size_t column) const { return csv_.fields()[column]; }
  /// The parts of a field between separators, blanks around them taken off, no empty ones.
  std::vector<std::string> values(std::size_t column, std::string_view separator) const;
  std::int64_t line() const { return csv_.line(); }
  const std::string& name() const { return csv_.name(); }

  /// Reports the row at hand, or a part of it, as unusable.
  void reject(std::string reason);

  /// The column of the user whose row a row is: rows that are reported from now on name them.
  void set_user(std::size_t column) { user_ = column; }

 private:
  void read_header();
  void check_separator() const;
  void report_progress();
  std::string_view user_of_row() const;

  CsvReader csv_;
  RowSink& sink_;
  const Services& services_;
  std::vector<std::string> columns_;
  std::optional<std::size_t> user_;
  bool own_header_ = false;
  bool any_good_ = false;
  std::int64_t rows_ = 0;
};

/// The delimiter of a header among comma, tab, semicolon, bar and `::`: the first that gives all `wanted`
/// columns, else the most frequent one; a comma where there is none.
std::string find_delimiter(std::string_view header, const std::vector<std::string>& wanted);

}  // namespace medley::data

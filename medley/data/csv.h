#pragma once

#include "medley/data/readers/byte_source.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace medley::data {

struct CsvOptions {
  std::string delimiter = ",";  ///< one or more characters; empty: a line is one field
  bool quotes = true;           ///< RFC 4180 quoting; false: a quote is a character like others
  Encoding encoding = Encoding::utf8;
  std::size_t max_row_bytes = std::size_t{1} << 20;  ///< of a row as UTF-8; longer ones are bad rows
};

/// Reads delimited text row by row (RFC 4180): quoted fields with delimiters, doubled quotes and line breaks;
/// lines end in LF, CRLF or CR; empty lines are skipped. Memory is bounded by `max_row_bytes`.
///
/// A row whose quoting is broken (text after a closing quote, a quote that is not closed within the row
/// limit or the file) is a bad row of one line: reading goes on at the next line, so that the rows after it
/// keep their columns. With `expect_fields`, a quoted line break that leads to another number of fields is
/// taken for such a quote as well. A quote inside a field that does not start with one is kept as it is.
class CsvReader {
 public:
  CsvReader(std::unique_ptr<ByteSource> source, CsvOptions options);

  /// Goes to the next row, good or bad; false at the end. Throws `corrupt_data` for bytes that are not text
  /// in the encoding, naming file, line, byte and the option; `io`.
  bool next();

  /// Why the row is bad, or "". Of a bad row only `line`, `text` and `reason` hold.
  const std::string& reason() const { return reason_; }
  bool good() const { return reason_.empty(); }

  /// Well-formed UTF-8; valid until the next call of `next`.
  const std::vector<std::string_view>& fields() const { return fields_; }

  /// Number of the row's first line, from 1.
  std::int64_t line() const { return line_; }

  /// The row as it stands, quotes included, without its line end (of a bad row: of its first line).
  std::string_view text() const { return text_; }

  /// The number of fields that rows should have, from now on; 0: any. `next` does not reject other rows.
  void expect_fields(std::size_t count) { expected_ = count; }

  const std::string& name() const { return source_.name(); }
  const CsvOptions& options() const { return options_; }
  /// Bytes of the source read so far, for progress.
  std::int64_t position() const { return source_.position(); }

 private:
  enum class Scan { row, broken, more };
  enum class Found { line, too_long, end };
  struct Line {
    std::size_t size = 0;  ///< without its end
    std::size_t end = 0;   ///< with it
  };
  struct Slot {
    std::size_t begin = 0;
    std::size_t size = 0;
    bool doubled = false;  ///< holds doubled quotes
  };

  std::string_view window() const { return std::string_view(buffer_).substr(begin_); }
  void fill();
  Found find_line(Line& line);
  void skip_long_line();
  void take_plain_row(const Line& line);
  void take_quoted_row(const Line& first);
  Scan scan_row(Line& row);
  bool scan_quoted_field(std::string_view row, std::size_t& at, Slot& slot) const;
  std::size_t plain_field_end(std::string_view row, std::size_t at) const;
  void fields_from_slots();
  void check_text();

  TextSource source_;
  CsvOptions options_;
  std::string stops_;  ///< characters that may end a field outside quotes
  std::size_t expected_ = 0;

  std::string buffer_;
  std::size_t begin_ = 0;  ///< of what is not consumed yet
  bool at_end_ = false;
  std::int64_t next_line_ = 1;

  std::int64_t line_ = 0;
  std::string_view text_;
  std::string reason_;
  std::vector<std::string_view> fields_;
  std::vector<Slot> slots_;
  std::string scratch_;  ///< fields without their doubled quotes; the head of a row that is too long
};

/// The first `max_bytes` bytes of `text`, cut between characters.
std::string_view cut_text(std::string_view text, std::size_t max_bytes);

/// A delimiter as messages name it: tab, space, or itself in quotes.
std::string delimiter_name(std::string_view delimiter);

}  // namespace medley::data

#pragma once

#include "medley/data/csv.h"
#include "medley/data/readers/source.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace medley::data {

/// A file with one JSON object (RFC 8259) a line, as https://jsonlines.org has it; empty lines are skipped.
/// Lines that are no object, are longer than `CsvOptions::max_row_bytes`, name a key twice or nest deeper
/// than kMaxDepth go to the sink; the caller sees the others, by the keys it asked for. Others may hold
/// anything.
class JsonLines {
 public:
  static constexpr int kMaxDepth = 32;

  /// `user`: the key of the user whose event a line is, for the sink; "" of a file of items.
  /// Throws `not_found`, `io`.
  JsonLines(const std::filesystem::path& path, Encoding encoding, std::string user, RowSink& sink,
            const Services& services);

  /// The number of a key that a row may have.
  std::size_t find(const std::string& key);
  /// The number of a key that some row has to have; `option` is what the user may set.
  std::size_t need(const std::string& key, std::string_view option);

  /// Goes to the next object. Throws `interrupted`, `corrupt_data` for bytes that are no text, and at the end
  /// of the file: `corrupt_data` where it held no object, `not_found` for a needed key that none had, naming
  /// the keys of the first.
  bool next();

  /// Whether the object has the key with anything but null.
  bool has(std::size_t key) const { return cells_[key].there; }
  /// Text as it is; a number as it is written; `true`, `false`; a list: its parts joined by blanks; or "".
  std::string_view field(std::size_t key) const { return cells_[key].text; }
  /// The parts of a list, or of a text between separators; blanks around them taken off, no empty ones.
  std::vector<std::string> values(std::size_t key, std::string_view separator) const;
  /// Why a key that was asked for has a value of no use (an object, a list of lists), or "". It counts as
  /// absent then.
  const std::string& fault() const { return fault_; }

  std::int64_t line() const { return lines_.line(); }
  const std::string& name() const { return lines_.name(); }

  /// Reports the row at hand, or a part of it, as unusable.
  void reject(std::string reason);

 private:
  class Handler;
  struct Cell {
    bool there = false;
    bool list = false;
    bool seen = false;  ///< in this row, null or not
    std::string text;
    std::vector<std::string> parts;
  };

  struct Need {
    std::string key;
    std::string option;
    std::size_t cell;
    bool met = false;
  };

  bool read_object();
  void check_needs() const;
  void report_progress();
  std::string user_of_row() const;

  CsvReader lines_;
  RowSink& sink_;
  const Services& services_;
  std::string user_;
  std::map<std::string, std::size_t, std::less<>> numbers_;  ///< of the keys that were asked for
  std::vector<Cell> cells_;
  std::vector<std::string> first_keys_;
  std::vector<Need> needs_;
  std::string fault_;
  std::int64_t objects_ = 0;
  std::int64_t rows_ = 0;
};

/// Whether a file's name says that it is one: .jsonl or .ndjson.
bool is_json_lines(const std::filesystem::path& path);

}  // namespace medley::data

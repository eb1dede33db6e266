#pragma once

#include "medley/core/services.h"
#include "medley/data/catalog.h"
#include "medley/data/events.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace medley::data {

/// One line of a log as it was read. Views hold until the call that gets them returns.
struct EventRow {
  std::string_view user;
  std::string_view item;
  std::string_view kind = "event";
  float value = 1.0f;
  std::int64_t time = kNoTime;
  bool iso_time = false;      ///< the time was written as a date
  std::optional<Part> label;  ///< where the file fixes the split
};

/// One catalogue row as it was read; only what the row has.
struct ItemRow {
  std::string_view id;
  std::vector<std::pair<std::string_view, std::string>> texts;                    ///< field, text
  std::vector<std::pair<std::string_view, std::vector<std::string>>> categories;  ///< field, values
  std::vector<std::pair<std::string_view, double>> numbers;                       ///< field, value
  PerMedia<std::string> files;                 ///< paths of existing files, or ""
  std::optional<Availability> availability{};  ///< where the source says anything of it
};

/// A row that could not be used.
struct BadRow {
  static constexpr std::size_t kMaxBytes = 200;  ///< of `text` and of `user`, which are cut there

  std::string file;
  std::int64_t line = 0;  ///< of the row's first line, from 1
  std::string reason;
  std::string text;    ///< the row
  std::string user{};  ///< whose event it is, as far as the row tells; "" of a row of items
};

/// Takes what a reader finds, in file order, one call at a time. An implementation may throw `Error` to stop.
class RowSink {
 public:
  virtual ~RowSink() = default;
  virtual void event(const EventRow& row) = 0;
  virtual void item(const ItemRow& row) = 0;
  virtual void bad(const BadRow& row) = 0;
};

/// What `[import]` says. An empty column name means "not there".
struct ImportOptions {
  std::string format = "csv";  ///< movielens | recbole | mmrec | csv | lightgcn | jsonl
  std::string file;            ///< events file inside a folder given as PATH; "" = the format's own name
  std::string user = "user";
  std::string item = "item";
  std::string time = "time";
  std::string value = "value";
  std::string kind = "kind";
  std::string delimiter;           ///< "" = the format's own (csv: found from the header)
  std::string encoding = "utf-8";  ///< utf-8 | latin-1
  std::string join_ids = "exact";  ///< exact | numeric: 0042, 42.0 and 42 are one id; see readers/join_ids.h
};

/// What `[catalog]` says.
struct CatalogOptions {
  std::string file;  ///< relative to the folder of the events; "" = the format's own, or none
  std::string id = "id";
  std::vector<std::string> text;
  std::map<std::string, std::string> categories;  ///< column -> separator of its values
  std::vector<std::string> numbers;
  PerMedia<std::string> files;  ///< patterns with {id}, relative to the catalogue's folder; "" = none
  std::string available;        ///< column of yes and no; "" = none, as for the two below
  std::string available_from;   ///< column of times
  std::string available_until;  ///< column of times
};

/// Reads a file or folder of `import.format` and streams its rows to `sink`; memory does not grow with the
/// files. Bad rows go to `sink.bad` and reading goes on. Throws `not_found`, `io`, `corrupt_data` (a file
/// that is no such file at all: empty, binary, undecodable, a header that does not fit its rows), naming
/// file, line and value; `interrupted`.
void read_source(const std::filesystem::path& path, const ImportOptions& import,
                 const CatalogOptions& catalog, RowSink& sink, const Services& services);

/// The format of a benchmark folder or file by what it holds: recbole, mmrec, lightgcn, movielens, csv or
/// jsonl.
std::string detect_format(const std::filesystem::path& path);

}  // namespace medley::data

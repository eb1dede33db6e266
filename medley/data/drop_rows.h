#pragma once

#include "medley/data/csv.h"

#include <cstdint>
#include <filesystem>
#include <functional>

namespace medley::data {

struct DroppedRows {
  std::int64_t dropped = 0;
  std::int64_t kept = 0;
};

/// Writes a delimited file anew without the rows that `drop` takes; it is given the reader at each row and
/// the number of rows before it. The others stay as they stand, in their order,
/// with LF at their ends. The file is not touched where no row is dropped. Throws `limit` for a row longer
/// than `options.max_row_bytes`, `corrupt_data`, `io`.
DroppedRows drop_rows(const std::filesystem::path& path, const CsvOptions& options,
                      const std::function<bool(const CsvReader& row, std::int64_t before)>& drop);

}  // namespace medley::data

#pragma once

#include "medley/data/split/split.h"

#include <cstdint>
#include <filesystem>
#include <vector>

namespace medley::data {

/// A split that a file fixes, laid over a log.
struct FileSplit {
  Parts parts;                        ///< `Part::none` for events that the file does not name
  std::vector<Part> items;            ///< of each item where the file splits items, else empty
  std::int64_t rows = 0;              ///< of the file
  std::int64_t rows_outside_log = 0;  ///< rows whose item (or pair) has no event
  std::int64_t pairs_outside_file =
      0;  ///< pairs that count, but that the file does not name: they are unused
};

/// Reads a CSV file with a header and two columns (item, set) or three (user, item, set), named as they
/// like, where set is train, valid, test or history; or, where `path` is no file, the files `path`.train.tsv,
/// `path`.valid.tsv, `path`.test.tsv and, where it is there, `path`.history.tsv (user, item and what else
/// there is, split by tabs, no header). Throws `not_found`, `io`; `corrupt_data` for a row that cannot be
/// read or one that contradicts an earlier row, with file and line: a split is used whole or not at all.
FileSplit read_split_file(const std::filesystem::path& path, const Dataset& dataset,
                          const KindWeights& weights = default_kind_weights());

/// Writes `prefix`.train.tsv, `prefix`.valid.tsv, `prefix`.test.tsv and, for a split with histories,
/// `prefix`.history.tsv (else it goes): user, item and, where there is one, the time of the pair's last
/// event, in the file order of these events. Throws `unsupported` for an id with a tab or a line break, `io`.
void write_split(const std::filesystem::path& prefix, const Dataset& dataset, std::span<const Part> parts);

}  // namespace medley::data

#pragma once

#include "medley/core/services.h"
#include "medley/data/writers/writer.h"
#include "medley/engine/workspace.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace medley::engine {

struct ExportOptions {
  std::string format;
  std::filesystem::path folder;  ///< made; its last name opens the names of files that are called after data
  bool overwrite = false;        ///< an earlier export in `folder` is replaced
  bool spreadsheet_safe = false;
  std::string split{};       ///< as `ExperimentOptions::split`
  std::string split_file{};  ///< as there
  std::uint64_t seed = 1;    ///< of a split by chance
};

struct ExportResult {
  data::ExportReport report;
  std::filesystem::path folder;  ///< absolute
  std::string split;             ///< what the parts are, or "" where there are none
  std::vector<std::string> split_notes;
  std::vector<data::ExportFile> files;
};

/// Writes what the store holds as files of another tool, into a folder that appears whole or not at all.
///
/// A format that lists events (csv, recbole) takes every event, and memory does not grow with their number.
/// One that takes pairs or a split takes those that `medley evaluate` takes, by the weights and the
/// `min_value` of medley.toml, and holds the log in memory as it does; the parts are those of its run with
/// that seed, the ones for choosing settings as valid.
///
/// Throws `usage` for an unknown format, a split or `spreadsheet_safe` for a format without any,
/// `unsupported` for a split with a history outside train (new_user), which no other tool's files have; what
/// `ExportFolder`, `write_export`, `make_run_split` and `load_dataset` throw.
ExportResult export_data(const Workspace& workspace, const ExportOptions& options, const Services& services);

}  // namespace medley::engine

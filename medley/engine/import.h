#pragma once

#include "medley/core/services.h"
#include "medley/data/store/import.h"
#include "medley/engine/workspace.h"

#include <filesystem>
#include <map>
#include <string>

namespace medley::engine {

struct ImportReport {
  data::ImportResult result;
  data::StoreCounts store;             ///< after the import
  std::filesystem::path quarantine;    ///< where the bad rows stand, if there are any
  std::vector<data::BadRow> examples;  ///< the first few of them
  std::map<std::string, std::int64_t> bad_by_reason;
};

/// Reads `source` in the given format ("" = the one in medley.toml) into the workspace's store, in one
/// transaction. The same data again changes nothing. Bad rows go to quarantine.csv of the workspace, written
/// anew by each import. With `Missing::unavailable` the catalogue read is taken for the whole of it.
ImportReport import(const Workspace& workspace, const std::filesystem::path& source,
                    const std::string& format, const Services& services,
                    data::Missing missing = data::Missing::stay);

/// The store. Throws `not_found` (saying `medley import`) before the first import.
data::Store open_store(const Workspace& workspace);

/// What the store holds. Throws `not_found` (saying `medley import`) before the first import.
data::Dataset load_dataset(const Workspace& workspace);

}  // namespace medley::engine

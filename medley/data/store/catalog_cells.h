#pragma once

#include "medley/data/catalog_stream.h"
#include "medley/data/store/database.h"

#include <cstdint>

namespace medley::data {

/// The columns and their values, for a catalogue of `items`. Inside the store only, as what follows. Throws
/// `corrupt_data` for cells of what is not there.
void load_cells(Database& database, std::int32_t items, Catalog& catalog);

/// What a `CatalogStream` does: blocks of at most 2048 items and 8 MB, but for an item that is larger alone.
/// Throws as `load_cells`.
void stream_cells(Database& database, std::int32_t items, ColumnType type, const CatalogSink& sink);

}  // namespace medley::data

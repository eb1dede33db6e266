#pragma once

#include "medley/data/catalog_stream.h"
#include "medley/data/store/database.h"

#include <cstdint>

namespace medley::data {

/// The columns and their values, for a catalogue of `items`. Inside the store only, as what follows. Throws
/// `corrupt_data` for cells of what is not there.
void load_cells(Database& database, std::int32_t items, Catalog& catalog);

/// Throws `corrupt_data` where any cell is of an item or of a field that is not there.
void check_cells(Database& database, std::int32_t items);

/// What a `CatalogStream` does, in blocks of at most 2048 items; after 8 MB the next item starts a new one.
/// Throws as `load_cells`, but for cells of fields that are not there: `check_cells` finds those.
void stream_cells(Database& database, std::int32_t items, ColumnType type, const CatalogSink& sink);

}  // namespace medley::data

#pragma once

#include "medley/data/catalog.h"

#include <cstdint>
#include <functional>

namespace medley::data {

/// What the cells of a column hold.
enum class ColumnType { text, category, number, file };

/// Takes a part of a catalogue, the columns of `count` items: value k is that of item `first` + k. Valid
/// during the call.
using CatalogSink = std::function<void(const Catalog& block, ItemId first, std::int32_t count)>;

/// Hands the columns of one type, and no others, to a sink: all items in their order, a block at a time, the
/// same blocks each time; no items are one empty block. What the sink throws ends it. One thread at a time.
using CatalogStream = std::function<void(ColumnType type, const CatalogSink& sink)>;

}  // namespace medley::data

#pragma once

#include "medley/data/dataset.h"
#include "medley/engine/alike.h"
#include "medley/engine/workspace.h"
#include "medley/features/registry.h"

namespace medley::engine {

/// `features::TakesRowsApart::parts` of the rows of the workspace's extracted features. An extractor is
/// opened when its feature is first asked for: a fitted one by its state, one of files as its section says.
/// A call about files reads and decodes those of the item; one that cannot be read any more has no parts, and
/// a warning says so. All that is given, and what `services` refers to, outlives the answer. Not thread-safe.
/// A call throws what `Extractor::load` throws, and `interrupted`.
RowParts row_parts_of(const Workspace& workspace, const data::Dataset& dataset,
                      const features::Registry& extractors, const Services& services);

}  // namespace medley::engine

#pragma once

#include "medley/data/dataset.h"
#include "medley/engine/alike.h"
#include "medley/engine/workspace.h"
#include "medley/features/registry.h"

namespace medley::engine {

/// `features::TakesRowsApart::parts` of the rows of the workspace's extracted features. An extractor is
/// opened when its feature is first asked for, and only one that keeps a state: the others have columns with
/// names. All that is given outlives the answer. Not thread-safe. A call throws what `Extractor::load`
/// throws.
RowParts row_parts_of(const Workspace& workspace, const data::Dataset& dataset,
                      const features::Registry& extractors);

}  // namespace medley::engine

#pragma once

#include "medley/core/services.h"
#include "medley/data/dataset.h"
#include "medley/engine/content.h"
#include "medley/engine/plugins.h"
#include "medley/engine/workspace.h"

#include <cstdint>
#include <string>
#include <vector>

namespace medley::engine {

/// An item whose material gave no vector.
struct AbsentItem {
  std::string id;
  std::string reason;
};

struct FeatureReport {
  std::string name;
  std::string extractor;
  std::int64_t dim = 0;
  std::int64_t items = 0;
  std::int64_t present = 0;
  std::int64_t without_material = 0;  ///< items that have no picture, no words, no value
  std::int64_t computed = 0;          ///< rows made now
  std::int64_t reused = 0;            ///< rows taken from the cache
  /// Material that gave no vector; all of them, also in features/NAME.absent.csv.
  std::vector<AbsentItem> broken;
  std::string racy{};  ///< why another run would give other vectors, "" where none would
  double seconds = 0.0;
};

/// Makes the vectors of every `[features.NAME]` section and writes features/NAME.*. Rows of per-item
/// extractors are cached by the hash of the content and the parameters, so that a run after an interruption
/// goes on where it was; a fitted extractor is fitted again when its material or its parameters changed. A
/// broken file costs its own row. The catalogue is read a block at a time: memory is that of the rows, of the
/// items' ids and places, and of what a fitted extractor learns (a vocabulary), whatever the length of the
/// texts and the number of events. Throws `not_found` before the first import, `invalid_argument` for a
/// section that does not fit its extractor, `io`, `interrupted`, and what opening and reading the store does.
std::vector<FeatureReport> extract(const Workspace& workspace, const Plugins& plugins,
                                   const Services& services);

/// One feature of text, categories or numbers made in memory, nothing stored. Throws `invalid_argument` for
/// an extractor that reads files.
std::shared_ptr<const data::FeatureTable> make_table(const data::Dataset& dataset,
                                                     const FeatureConfig& feature, const Plugins& plugins,
                                                     const Services& services);

/// Throws `invalid_argument` for a name in `by` that raw features alone have.
void refuse_raw(const Workspace& workspace, const Tables& tables, const std::vector<std::string>& by);

/// The stored features, their rows in the order of the dataset's items; items that came after the extraction
/// are absent. A section without stored vectors is left out, with a warning; so are raw ones (pixels,
/// tokens), which networks read and nothing compares. `only`, where it has any, names the sections.
Tables load_tables(const Workspace& workspace, const data::Dataset& dataset, const Services& services,
                   const std::vector<std::string>& only = {});

}  // namespace medley::engine

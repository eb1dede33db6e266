#pragma once

#include "medley/core/services.h"
#include "medley/data/dataset.h"
#include "medley/engine/content.h"
#include "medley/engine/plugins.h"
#include "medley/engine/workspace.h"

#include <string>

namespace medley::engine {

struct TrainResult {
  std::string name;  ///< of the model file
  std::string plugin;
  ParamMap params;
  std::filesystem::path path;
  int settings_tried = 1;
  double fit_s = 0.0;
  std::int64_t pairs = 0;
  std::uint64_t bytes = 0;
};

/// Fits `spec` on every event and writes models/<name>.medley; that model then is the default. Where the spec
/// leaves something to choose, a tenth of each user's items is held out to choose it, and the fit is made
/// again with all.
TrainResult train(const Workspace& workspace, const data::Dataset& dataset, const Tables& tables,
                  const Plugins& plugins, const std::string& spec, const Services& services);

/// The name of the model that was trained last. Throws `not_found` (saying `medley train`).
std::string default_model(const Workspace& workspace);

/// The interactions that count: kind weights and `min_value` of the workspace.
data::Interactions all_interactions(const Workspace& workspace, const data::Dataset& dataset);

}  // namespace medley::engine

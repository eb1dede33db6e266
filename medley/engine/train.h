#pragma once

#include "medley/core/services.h"
#include "medley/data/dataset.h"
#include "medley/engine/content.h"
#include "medley/engine/pipeline.h"
#include "medley/engine/plugins.h"
#include "medley/engine/workspace.h"

#include <filesystem>
#include <optional>
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

struct TrainOptions {
  std::filesystem::path path;  ///< of the model file; its folder exists
  data::KindWeights weights = data::default_kind_weights();
  std::optional<double> min_value{};  ///< events with a smaller value do not count
  Pipeline pipeline{};                ///< how `tables` were made; without it no new item can be answered for
};

/// Fits `spec` on every event and writes one model file. Where the spec leaves something to choose, a tenth
/// of each user's items is held out to choose it, and the fit is made again with all. Throws
/// `invalid_argument`, `usage`, `limit`, `io`, `interrupted`.
TrainResult train(const data::Dataset& dataset, const Tables& tables, const Plugins& plugins,
                  const std::string& spec, const TrainOptions& options, const Services& services);

/// The same with the weights of a workspace, into its models/<name>.medley; that model then is the default.
TrainResult train(const Workspace& workspace, const data::Dataset& dataset, const Tables& tables,
                  const Plugins& plugins, const std::string& spec, const Services& services);

/// The name of the model that was trained last. Throws `not_found` (saying `medley train`).
std::string default_model(const Workspace& workspace);

/// The interactions that count: kind weights and `min_value` of the workspace.
data::Interactions all_interactions(const Workspace& workspace, const data::Dataset& dataset);

}  // namespace medley::engine

#pragma once

#include "medley/engine/experiment.h"

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace medley::app {

/// What a command took.
struct Cost {
  double seconds = 0.0;
  double peak_mb = 0.0;
};

/// The table of an experiment: header, one row a model, marks, slices, notes.
std::string evaluation_text(const engine::ExperimentResult& result, const Cost& cost);

/// The object that `medley evaluate --json` prints.
nlohmann::ordered_json evaluation_json(const engine::ExperimentResult& result, const Cost& cost);

}  // namespace medley::app

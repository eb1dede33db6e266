#pragma once

#include "medley/core/params.h"

#include <string>
#include <vector>

namespace medley::models {

/// A model's built-in search, made of steps: each step tries every combination of its alternatives on top of
/// the best of the steps before it.
struct Grid {
  struct Step {
    std::vector<ParamMap> alternatives;
  };
  std::vector<Step> steps;
};

/// The grid that is searched when a model is named without parameters; no steps where it has none.
/// `features` are the features that the model will be given, in order (a step a content kernel).
Grid builtin_grid(const std::string& model, const std::vector<std::string>& features);

}  // namespace medley::models

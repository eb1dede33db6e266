#pragma once

#include "medley/core/params.h"

#include <string>
#include <vector>

namespace medley::models {

/// A model's built-in search, made of steps: each step tries every one of its alternatives on top of the best
/// of the steps before it (see `on_top_of`).
struct Grid {
  struct Step {
    std::vector<ParamMap> alternatives;
  };
  std::vector<Step> steps;
};

/// The grid that is searched when a model is named without parameters; no steps where it has none.
/// `features` are the features that the model will be given, in order (a step a content kernel).
Grid builtin_grid(const std::string& model, const std::vector<std::string>& features);

/// `best` with the values of `alternative` in their place. An empty part of a list keeps the part of `best`:
/// `g=+.1` on top of `g=.3+0` is `g=.3+.1`. Throws `invalid_argument` when there is no such part.
ParamMap on_top_of(const ParamMap& best, const ParamMap& alternative);

}  // namespace medley::models

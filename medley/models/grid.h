#pragma once

#include "medley/core/params.h"

#include <cstddef>
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
/// `features` are the features that the model will be given, in order (a step a content kernel); `given` is
/// what the spec says. The weights of `content` are searched for the fusions that live by them, concat and
/// weighted; mean and pca take their features in equal parts.
Grid builtin_grid(const std::string& model, const std::vector<std::string>& features,
                  const ParamMap& given = {});

/// What is searched for a sum of `parts` models, of `weights` and `scale` what is open: the scale of all with
/// each list of weights, the first at 1, for up to three models together, for more one after another. One
/// step with one alternative where nothing is open.
Grid join_grid(std::size_t parts, bool weights, bool scale);

/// `best` with the values of `alternative` in their place. An empty part of a list keeps the part of `best`:
/// `g=+.1` on top of `g=.3+0` is `g=.3+.1`. A number after a '*' is a factor: `lambda=*2` on top of
/// `lambda=.1` is `lambda=0.2`. Throws `invalid_argument` when there is nothing to keep or to multiply.
ParamMap on_top_of(const ParamMap& best, const ParamMap& alternative);

}  // namespace medley::models

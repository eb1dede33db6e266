#pragma once

#include "medley/core/params.h"
#include "medley/core/services.h"
#include "medley/fusion/missing.h"

#include <vector>

namespace medley::fusion {

/// What `mean` and `weighted` have in common.
struct AverageParams {
  std::vector<double> weights;
  int dim = 0;
  bool align = true;
  bool centre = true;
  int seed = 1;
  MissingParams missing;

  void fields(FieldVisitor& v);
};

/// The weighted average of the modalities of each item, [items x length] as one block: each centred and at
/// unit length; with `dim` in so many of its own principal components; with `align` turned onto the first
/// (`turned_onto`); what is absent filled (`fill_missing`). Weights sum to 1. With missing=renormalize an
/// item's average is over what it has, else what it lacks counts as zeros. Throws `invalid_argument` for
/// features of unequal lengths without `dim`: nothing is padded or cut.
data::ItemVectors average(Tables tables, const AverageParams& params, const Services& services);

}  // namespace medley::fusion

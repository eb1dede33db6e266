#pragma once

#include "medley/engine/tuner.h"
#include "medley/engine/variation.h"
#include "medley/eval/metric_set.h"
#include "medley/eval/summary.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace medley::engine {

/// A variation of one model while its runs come in.
struct VariationRuns {
  Variation variation;
  std::vector<eval::RunMeasures> runs;
};

/// A variation of one model, over its runs.
struct MeasuredVariation {
  Variation variation;
  eval::ModelSummary summary;  ///< of the first column
};

/// Fits `name(params)` as the variation says and ranks the first column of `test`. `measure` is told of the
/// results and what was fitted on. `seed` draws noise, orders and shares.
using Measure =
    std::function<void(const std::vector<eval::UserResult>& results, const data::Interactions& train)>;
void rank_variation(const Variation& variation, const std::string& name, const ParamMap& params,
                    const FitContext& context, const RunSplit& split, RankingTask test, int max_k,
                    std::uint64_t seed, const Measure& measure);

/// What was measured of `variation`, or null.
const eval::ModelSummary* find_variation(const std::vector<MeasuredVariation>& measured,
                                         const Variation& variation);

}  // namespace medley::engine

#include "medley/engine/measured_variation.h"

#include "medley/engine/experiment_split.h"

#include <algorithm>

namespace medley::engine {

void rank_variation(const Variation& variation, const std::string& name, const ParamMap& params,
                    const FitContext& context, const RunSplit& split, RankingTask test, int max_k,
                    std::uint64_t seed, const Measure& measure) {
  const auto& services = context.services();
  const bool other_log = variation.change == Variation::Change::replaced;
  VariedTrain log;
  data::Interactions asked;
  if (other_log) {
    log = replaced_train(split, variation.share, seed);
    test.history = split.asked_with(&log.train, asked);
    test.masked = &log.masked;
  }
  const auto& train = other_log ? log.train : split.train;
  const auto tables = varied_tables(context.tables(), variation, seed);
  FitContext varied(context.plugins(), tables, services);
  double seconds = 0.0;
  const auto model = varied.fit(name, params, train, seconds);
  test.columns.resize(1);
  measure(rank(*model, test, max_k, services).front(), train);
}

const eval::ModelSummary* find_variation(const std::vector<MeasuredVariation>& measured,
                                         const Variation& variation) {
  const auto found = std::ranges::find(measured, variation, &MeasuredVariation::variation);
  return found == measured.end() ? nullptr : &found->summary;
}

}  // namespace medley::engine

#pragma once

#include "medley/engine/experiment.h"
#include "medley/engine/knock_out.h"

#include <string>
#include <vector>

namespace medley::engine {

/// The knock-out and the curves of one model: what has to be measured for them, and what is then reported.
class VariationPlan {
 public:
  VariationPlan() = default;

  /// For `name(params)` with the content of `context`; `all` are the features there are. Throws `not_found`
  /// for a modality that is not there.
  VariationPlan(const ExperimentOptions& options, const Tables& all, const FitContext& context,
                const std::string& name, const ParamMap& params);

  /// Whether the model uses anything that is to be knocked out.
  bool knocks_out() const { return !targets_.empty(); }

  /// What has to be measured, each once.
  const std::vector<Variation>& variations() const { return variations_; }

  /// Adds the model's table and its points to `result`.
  void report(const std::string& model, const eval::ModelSummary& full,
              const std::vector<MeasuredVariation>& measured, ThreadPool& pool,
              ExperimentResult& result) const;

 private:
  void add(const std::vector<Variation>& variations);

  KnockOutOptions options_;
  std::vector<KnockOutTarget> targets_;
  Tables used_;
  bool required_ = false;
  std::vector<CurveOptions> curves_;
  std::vector<std::vector<Variation>> of_curve_;
  std::vector<Variation> variations_;
};

/// Refuses, before anything is fitted, what no model of the experiment can show: a name that the data does
/// not have (`not_found`), or a knock-out of what none of the models uses (`usage`).
void check_variations(const ExperimentOptions& options, const Tables& tables, const Plugins& plugins,
                      const Services& services);

}  // namespace medley::engine

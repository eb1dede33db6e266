#include "medley/engine/variation_plan.h"

#include "medley/core/error.h"
#include "medley/models/combines.h"

#include <algorithm>

namespace medley::engine {
namespace {

/// The features that `name(params)` is given: those of its parts where it is made of models.
std::vector<std::string> features_used(const FitContext& context, const std::string& name,
                                       const ParamMap& params) {
  const auto model = context.plugins().models.make(name, params);
  const auto* combines = dynamic_cast<const models::Combines*>(model.get());
  if (combines == nullptr) return context.features_of(name, params);
  std::vector<std::string> out;
  for (const auto& part : combines->parts()) {
    const auto more = features_used(context, part.name, part.combinations().front());
    out.insert(out.end(), more.begin(), more.end());
  }
  return out;
}

/// Whether a model is nothing without content; one that is made of models is so if all of these are.
bool requires_content(const Plugins& plugins, const std::string& name, const ParamMap& params) {
  const auto model = plugins.models.make(name, params);
  const auto* combines = dynamic_cast<const models::Combines*>(model.get());
  if (combines == nullptr) return model->content_use().required;
  return std::ranges::all_of(combines->parts(), [&](const Spec& part) {
    return requires_content(plugins, part.name, part.combinations().front());
  });
}

}  // namespace

VariationPlan::VariationPlan(const ExperimentOptions& options, const Tables& all, const FitContext& context,
                             const std::string& name, const ParamMap& params)
    : options_(options.knock_out), curves_(options.curves) {
  const auto features = features_used(context, name, params);
  for (const auto& table : all) {
    if (std::ranges::find(features, table->name) != features.end()) used_.push_back(table);
  }
  if (options_.wanted) {
    required_ = requires_content(context.plugins(), name, params);
    targets_ = knock_out_targets(options_, all, used_);
    add(knock_out_variations(targets_, used_, required_));
  }
  for (const auto& curve : curves_) {
    of_curve_.push_back(curve_variations(curve, all, used_));
    add(of_curve_.back());
  }
}

void VariationPlan::add(const std::vector<Variation>& variations) {
  for (const auto& variation : variations) {
    if (std::ranges::find(variations_, variation) == variations_.end()) variations_.push_back(variation);
  }
}

void VariationPlan::report(const std::string& model, const eval::ModelSummary& full,
                           const std::vector<MeasuredVariation>& measured, ThreadPool& pool,
                           ExperimentResult& result) const {
  if (!targets_.empty()) {
    result.knock_outs.push_back(
        judge_knock_out(model, result.primary, options_, targets_, used_, required_, full, measured, pool));
  }
  for (std::size_t i = 0; i < curves_.size(); ++i)
    add_points(result.curves[i], curves_[i], model, of_curve_[i], full, measured);
}

void check_variations(const ExperimentOptions& options, const Tables& tables, const Plugins& plugins,
                      const Services& services) {
  const auto& [wanted, names, expect_gain] = options.knock_out;
  if (wanted && tables.empty())
    fail(ErrorCode::not_found, "there is nothing to knock out: the data has no features");
  for (const auto& name : names) select_tables(tables, {name});
  for (const auto& name : expect_gain) {
    select_tables(tables, {name});
    if (!wanted) fail(ErrorCode::usage, "--expect-gain {} needs --knock-out", name);
  }
  for (const auto& curve : options.curves) {
    if (curve.change == Variation::Change::dropped) select_tables(tables, {curve.of});
  }
  if (!wanted) return;
  const FitContext context(plugins, tables, services);
  const auto specs = parse_specs(options.models);
  const bool any = std::ranges::any_of(specs, [&](const Spec& spec) {
    const VariationPlan plan(options, tables, context, spec.name, spec.combinations().front());
    return plan.knocks_out();
  });
  if (!any) fail(ErrorCode::usage, "none of the models '{}' uses what is to be knocked out", options.models);
}

}  // namespace medley::engine

#include "medley/engine/train.h"

#include "medley/core/error.h"
#include "medley/core/file.h"
#include "medley/data/filter.h"
#include "medley/data/split/split.h"
#include "medley/engine/trained_model.h"
#include "medley/engine/tuner.h"

#include <algorithm>
#include <numeric>

namespace medley::engine {
namespace {

constexpr int kChoiceAt = 20;

/// The dataset's rows with only those events that are worth at least `min_value`; no catalogue.
data::Dataset counted(const data::Dataset& dataset, double min_value) {
  data::Dataset out;
  for (const auto& id : dataset.users.ids()) out.users.add(id);
  for (const auto& id : dataset.items.ids()) out.items.add(id);
  out.log = data::keep_values(dataset.log, min_value);
  return out;
}

Choice choose_on_held_out(const Spec& spec, const data::Dataset& dataset, const data::KindWeights& weights,
                          FitContext& context) {
  const data::Parts all(dataset.log.events.size(), data::Part::train);
  const auto parts = data::hold_out(dataset, all);
  const auto train = data::part_of(dataset, parts, data::Part::train, weights);
  const auto held = data::part_of(dataset, parts, data::Part::valid, weights);
  RankingTask task{&dataset.users, &dataset.items, &train, &train, &held, {}};
  std::vector<data::ItemId> items(static_cast<std::size_t>(dataset.item_count()));
  std::iota(items.begin(), items.end(), 0);
  task.columns = {{"all", std::move(items)}};
  return choose(spec, train, task, kChoiceAt, context);
}

std::vector<std::int32_t> user_counts(const data::Interactions& interactions) {
  std::vector<std::int32_t> out;
  for (data::ItemId item = 0; item < interactions.items; ++item) {
    out.push_back(static_cast<std::int32_t>(interactions.users_of(item).size()));
  }
  return out;
}

/// The pairs of the events that are worth at least `min_value`.
data::Interactions counted_pairs(const data::Dataset& dataset, const data::KindWeights& weights,
                                 std::optional<double> min_value) {
  const auto keep = [&](std::size_t i) { return !min_value || dataset.log.events[i].value >= *min_value; };
  return data::build_interactions(dataset.log, dataset.user_count(), dataset.item_count(), weights, keep);
}

}  // namespace

data::Interactions all_interactions(const Workspace& workspace, const data::Dataset& dataset) {
  return counted_pairs(dataset, workspace.config().weights, workspace.config().min_value);
}

TrainResult train(const data::Dataset& dataset, const Tables& tables, const Plugins& plugins,
                  const std::string& spec_text, const TrainOptions& options, const Services& services) {
  const auto spec = parse_spec(spec_text);
  FitContext context(plugins, tables, services);
  const auto interactions = counted_pairs(dataset, options.weights, options.min_value);
  require(interactions.pairs() > 0, "there are no events to train on; `medley import` brings them in");
  Choice choice;
  if (needs_search(spec, context)) {
    choice = options.min_value
                 ? choose_on_held_out(spec, counted(dataset, *options.min_value), options.weights, context)
                 : choose_on_held_out(spec, dataset, options.weights, context);
  } else {
    choice.params = spec.combinations().front();
  }
  TrainResult out{spec.name,    spec.name, choice.params,        options.path,
                  choice.tried, 0.0,       interactions.pairs(), 0};
  const auto model = context.fit(spec.name, choice.params, interactions, out.fit_s);
  TrainedModel::save(out.path, out.plugin, out.params, dataset.items.ids(), user_counts(interactions), *model,
                     options.pipeline);
  out.bytes = std::filesystem::file_size(out.path);
  return out;
}

TrainResult train(const Workspace& workspace, const data::Dataset& dataset, const Tables& tables,
                  const Plugins& plugins, const std::string& spec, const Services& services) {
  const auto name = parse_spec(spec).name;
  const TrainOptions options{workspace.model(name), workspace.config().weights, workspace.config().min_value,
                             Pipeline::of(workspace, dataset.catalog, plugins.extractors)};
  Workspace::make_folder(workspace.models());
  auto out = train(dataset, tables, plugins, spec, options, services);
  write_file(workspace.models() / "default", out.name + "\n");
  return out;
}

std::string default_model(const Workspace& workspace) {
  const auto path = workspace.models() / "default";
  if (!std::filesystem::exists(path))
    fail(ErrorCode::not_found, "no model is trained yet; `medley train` makes one");
  auto name = read_file(path, 256);
  while (!name.empty() && (name.back() == '\n' || name.back() == '\r')) name.pop_back();
  return name;
}

}  // namespace medley::engine

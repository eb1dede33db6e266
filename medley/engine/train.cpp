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

}  // namespace

data::Interactions all_interactions(const Workspace& workspace, const data::Dataset& dataset) {
  const auto min_value = workspace.config().min_value;
  const auto keep = [&](std::size_t i) { return !min_value || dataset.log.events[i].value >= *min_value; };
  return data::build_interactions(dataset.log, dataset.user_count(), dataset.item_count(),
                                  workspace.config().weights, keep);
}

TrainResult train(const Workspace& workspace, const data::Dataset& dataset, const Tables& tables,
                  const Plugins& plugins, const std::string& spec_text, const Services& services) {
  const auto spec = parse_spec(spec_text);
  FitContext context(plugins, tables, services);
  const auto interactions = all_interactions(workspace, dataset);
  require(interactions.pairs() > 0, "there are no events to train on; `medley import` brings them in");
  Choice choice;
  if (needs_search(spec, context)) {
    const auto& config = workspace.config();
    choice = config.min_value
                 ? choose_on_held_out(spec, counted(dataset, *config.min_value), config.weights, context)
                 : choose_on_held_out(spec, dataset, config.weights, context);
  } else {
    choice.params = spec.combinations().front();
  }
  TrainResult out{spec.name,    spec.name, choice.params,        workspace.model(spec.name),
                  choice.tried, 0.0,       interactions.pairs(), 0};
  const auto model = context.fit(spec.name, choice.params, interactions, out.fit_s);
  Workspace::make_folder(workspace.models());
  TrainedModel::save(out.path, out.plugin, out.params, dataset.items.ids(), user_counts(interactions), *model,
                     Pipeline::of(workspace, dataset.catalog, plugins.extractors));
  write_file(workspace.models() / "default", out.name + "\n");
  out.bytes = std::filesystem::file_size(out.path);
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

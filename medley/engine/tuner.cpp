#include "medley/engine/tuner.h"

#include "medley/core/error.h"
#include "medley/models/grid.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace medley::engine {
namespace {

std::string key_of(const models::ContentUse& use) {
  return fmt::format("{} {} {} {}", static_cast<int>(use.form), to_text(Value(use.features)), use.fusion,
                     to_text(Value(use.weights)));
}

/// Whether a spec leaves the settings open: it says at most which content, and nothing of it twice.
bool leaves_settings_open(const Spec& spec) {
  return std::all_of(spec.values.begin(), spec.values.end(), [](const auto& value) {
    return (value.first == "features" || value.first == "fusion") && value.second.size() == 1;
  });
}

/// What is tried: the model's built-in grid where the spec leaves the settings open, else the spec's own
/// alternatives.
models::Grid grid_for(const Spec& spec, FitContext& context) {
  const auto given = spec.combinations();
  if (leaves_settings_open(spec)) {
    auto grid = models::builtin_grid(spec.name, context.features_of(spec.name, given.front()));
    if (!grid.steps.empty()) {
      for (auto& alternative : grid.steps.front().alternatives)
        alternative.insert(given.front().begin(), given.front().end());
      return grid;
    }
  }
  return {{{given}}};
}

}  // namespace

std::shared_ptr<const data::ItemVectors> FitContext::vectors_for(const models::ContentUse& use) {
  auto& vectors = vectors_[key_of(use)];
  if (!vectors) vectors = make_vectors(use, tables_, plugins_.fusions, services_);
  return vectors;
}

std::unique_ptr<models::Recommender> FitContext::fit(const std::string& name, const ParamMap& params,
                                                     const data::Interactions& train, double& seconds) {
  services_.cancel.check();
  auto model = plugins_.models.make(name, params);
  const auto vectors = vectors_for(model->content_use());
  const auto begun = std::chrono::steady_clock::now();
  model->fit({&train, vectors}, services_);
  seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
  return model;
}

std::vector<std::string> FitContext::features_of(const std::string& name, const ParamMap& params) const {
  const auto use = plugins_.models.make(name, params)->content_use();
  std::vector<std::string> out;
  if (use.form == models::ContentUse::Form::none) return out;
  for (const auto& table : select_tables(tables_, use.features)) out.push_back(table->name);
  return out;
}

bool needs_search(const Spec& spec, FitContext& context) {
  const auto grid = grid_for(spec, context);
  return grid.steps.size() > 1 || grid.steps.front().alternatives.size() > 1;
}

std::vector<std::vector<eval::UserResult>> rank(const models::Recommender& model, const RankingTask& task,
                                                int max_k, const Services& services) {
  std::vector<eval::EvalUser> users;
  for (data::UserId user = 0; user < task.relevant->users; ++user) {
    const auto relevant = task.relevant->items_of(user);
    if (!relevant.empty())
      users.push_back({user, task.users->id(user), task.masked->items_of(user), relevant});
  }
  const auto score = [&](std::span<const std::size_t> positions, math::MatrixView<float> out) {
    std::vector<models::Query> queries;
    for (const auto position : positions) {
      queries.push_back({users[position].id, task.history->items_of(users[position].user)});
    }
    model.score(queries, out, services.pool);
  };
  return eval::evaluate(users, task.columns, max_k, *task.items, score, services);
}

Choice choose(const Spec& spec, const data::Interactions& train, const RankingTask& validation, int max_k,
              FitContext& context) {
  const auto grid = grid_for(spec, context);
  const auto recall = context.plugins().metrics.make("recall", {{"k", std::to_string(max_k)}});
  RankingTask task = validation;
  task.columns.resize(1);
  Choice best;
  best.value = -1.0;
  best.tried = 0;
  for (const auto& step : grid.steps) {
    const auto start = best.params;
    for (const auto& alternative : step.alternatives) {
      const auto params = models::on_top_of(start, alternative);
      // A step's first alternative may be where the step before ended.
      if (best.tried > 0 && params == best.params) continue;
      double seconds = 0.0;
      const auto model = context.fit(spec.name, params, train, seconds);
      const auto results = rank(*model, task, max_k, context.services());
      require(!results.front().empty(),
              "settings cannot be chosen: no validation user has a held-out item among the candidates '{}'",
              task.columns.front().name);
      const double value = recall->value(results.front(), {});
      ++best.tried;
      if (value > best.value) {
        best.value = value;
        best.params = params;
      }
    }
  }
  return best;
}

}  // namespace medley::engine

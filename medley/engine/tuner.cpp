#include "medley/engine/tuner.h"

#include "medley/core/error.h"
#include "medley/models/ensemble/score_scale.h"
#include "medley/models/grid.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <iterator>
#include <span>

namespace medley::engine {
namespace {

std::string key_of(const models::ContentUse& use) {
  return fmt::format("{} {} {}", static_cast<int>(use.form), to_text(Value(use.features)),
                     to_text(use.fusion, use.fusion_params));
}

/// Whether a spec leaves the settings open: it says at most which content, how it is joined and which draws,
/// and nothing of it twice.
bool leaves_settings_open(const Spec& spec) {
  const bool joins = spec.values.count("fusion") > 0;
  return std::all_of(spec.values.begin(), spec.values.end(), [joins](const auto& value) {
    static constexpr std::array kNoSettings{"features", "fusion", "missing", "seed", "seeds"};
    const bool open = std::ranges::find(kNoSettings, value.first) != kNoSettings.end();
    return (open || (joins && value.first == "dim")) && value.second.size() == 1;
  });
}

/// What is tried: the model's built-in grid where the spec leaves the settings open, else the spec's own
/// alternatives.
models::Grid grid_for(const Spec& spec, FitContext& context) {
  const auto given = spec.combinations();
  if (leaves_settings_open(spec)) {
    auto grid = models::builtin_grid(spec.name, context.features_of(spec.name, given.front()), given.front());
    if (!grid.steps.empty()) {
      for (auto& alternative : grid.steps.front().alternatives)
        alternative.insert(given.front().begin(), given.front().end());
      return grid;
    }
  }
  return {{{given}}};
}

/// The specs of the parts of `name(params)`; none for a model that is not made of models.
std::vector<Spec> parts_of(const std::string& name, const ParamMap& params, const Plugins& plugins) {
  const auto model = plugins.models.make(name, params);
  const auto* combines = dynamic_cast<const models::Combines*>(model.get());
  return combines == nullptr ? std::vector<Spec>{} : combines->parts();
}

std::vector<eval::EvalUser> eval_users(const RankingTask& task) {
  std::vector<eval::EvalUser> users;
  for (data::UserId user = 0; user < task.relevant->users; ++user) {
    const auto relevant = task.relevant->items_of(user);
    if (!relevant.empty())
      users.push_back({user, task.users->id(user), task.masked->items_of(user), relevant});
  }
  return users;
}

std::vector<models::Query> queries_of(std::span<const eval::EvalUser> users, const RankingTask& task) {
  std::vector<models::Query> queries;
  for (const auto& user : users) queries.push_back({user.id, task.history->items_of(user.user)});
  return queries;
}

bool reads_content(const Spec& spec, const Plugins& plugins) {
  return std::ranges::any_of(spec.combinations(), [&](const ParamMap& params) {
    const auto parts = parts_of(spec.name, params, plugins);
    if (!parts.empty())
      return std::ranges::any_of(parts, [&](const Spec& part) { return reads_content(part, plugins); });
    return plugins.models.make(spec.name, params)->content_use().form != models::ContentUse::Form::none;
  });
}

/// One name for equal searches.
std::string key_of(const Spec& spec, const FitContext& context) {
  std::string key = spec.name;
  for (const auto& [name, options] : spec.values)
    key += fmt::format(",{}=[{}]", name, fmt::join(options, ","));
  if (reads_content(spec, context.plugins()))
    for (const auto& table : context.tables()) key += fmt::format(",{}", fmt::ptr(table.get()));
  return key;
}

/// Settings of one search that share what is expensive.
struct Trial {
  enum class Shares { nothing, a_fit, parts };
  Shares shares = Shares::nothing;
  ParamMap common;                 ///< what they have in common
  std::vector<ParamMap> settings;  ///< each in full
};

/// The parameters that fits which share something may differ in.
std::vector<std::string> free_in(Trial::Shares shares) {
  if (shares == Trial::Shares::a_fit) return {"epochs"};
  if (shares == Trial::Shares::parts) return {"weights", "scale"};
  return {};
}

/// What `choose` does for one spec.
class Search {
 public:
  Search(const Spec& spec, const data::Interactions& train, const RankingTask& validation, int max_k,
         FitContext& context)
      : spec_(spec),
        train_(train),
        task_(validation),
        max_k_(max_k),
        context_(context),
        recall_(context.plugins().metrics.make("recall", {{"k", std::to_string(max_k)}})) {
    task_.columns.resize(1);
    best_.value = -1.0;
    best_.tried = 0;
  }

  Choice run() {
    const auto all = grid();
    for (const auto& step : all.steps) {
      const auto start = best_.params;
      for (const auto& trial : trials(step, start)) {
        switch (trial.shares) {
          case Trial::Shares::nothing: try_one(trial.common); break;
          case Trial::Shares::a_fit: try_epochs(trial); break;
          case Trial::Shares::parts: try_joins(trial); break;
        }
      }
    }
    return best_;
  }

 private:
  models::Grid grid() {
    const auto given = spec_.combinations();
    if (parts_of(spec_.name, given.front(), context_.plugins()).empty()) return grid_for(spec_, context_);
    models::Grid grid;
    for (auto params : given) {
      const auto parts = parts_of(spec_.name, params, context_.plugins());
      params["models"] = settled(parts);
      const auto joins =
          models::join_grid(parts.size(), !params.contains("weights"), !params.contains("scale"));
      // Steps after the first keep the models, so that they can follow one choice of these only.
      require(given.size() == 1 || joins.steps.size() == 1,
              "give weights where several lists of models of more than three are compared");
      if (grid.steps.empty()) grid.steps.emplace_back();
      for (auto alternative : joins.steps.front().alternatives) {
        alternative.insert(params.begin(), params.end());
        grid.steps.front().alternatives.push_back(std::move(alternative));
      }
      grid.steps.insert(grid.steps.end(), joins.steps.begin() + 1, joins.steps.end());
    }
    return grid;
  }

  /// The parts with their settings chosen, as a list.
  std::string settled(const std::vector<Spec>& parts) {
    std::string out;
    for (const auto& part : parts) {
      const auto params = needs_search(part, context_) ? choose(part, train_, task_, max_k_, context_).params
                                                       : part.combinations().front();
      out += (out.empty() ? "" : "+") + to_text(part.name, params);
    }
    return out;
  }

  std::vector<Trial> trials(const models::Grid::Step& step, const ParamMap& start) const {
    std::vector<Trial> out;
    for (const auto& alternative : step.alternatives) {
      const auto params = models::on_top_of(start, alternative);
      // A step's first alternative may be where the step before ended.
      if (best_.tried > 0 && params == best_.params) continue;
      add_trial(params, out);
    }
    return out;
  }

  void add_trial(const ParamMap& params, std::vector<Trial>& trials) const {
    Trial trial{shared(params), params, {params}};
    for (const auto& key : free_in(trial.shares)) trial.common.erase(key);
    const auto same = std::ranges::find_if(trials, [&](const Trial& other) {
      return trial.shares != Trial::Shares::nothing && other.common == trial.common;
    });
    if (same == trials.end())
      trials.push_back(std::move(trial));
    else
      same->settings.push_back(params);
  }

  Trial::Shares shared(const ParamMap& params) const {
    const auto model = context_.plugins().models.make(spec_.name, params);
    if (params.contains("epochs") && dynamic_cast<const models::TrainsInEpochs*>(model.get()) != nullptr)
      return Trial::Shares::a_fit;
    if (dynamic_cast<const models::Combines*>(model.get()) != nullptr) return Trial::Shares::parts;
    return Trial::Shares::nothing;
  }

  void try_one(const ParamMap& params) {
    double seconds = 0.0;
    const auto model = context_.fit(spec_.name, params, train_, seconds);
    consider(params, rank(*model, task_, max_k_, context_.services()).front());
  }

  /// One fit of the most epochs, ranked on the way at each number that is to be tried.
  void try_epochs(const Trial& trial) {
    const auto epochs_of = [](const ParamMap& params) { return std::stoi(params.at("epochs")); };
    const auto& longest = *std::ranges::max_element(trial.settings, {}, epochs_of);
    double seconds = 0.0;
    context_.fit(spec_.name, longest, train_, seconds, [&](const models::Recommender& model, int epoch) {
      const auto setting = std::ranges::find(trial.settings, epoch, epochs_of);
      if (setting != trial.settings.end())
        consider(*setting, rank(model, task_, max_k_, context_.services()).front());
      return true;
    });
  }

  /// Ranks every way to join the parts from one scoring of them, a block of users at a time.
  void try_joins(const Trial& trial) {
    std::vector<std::unique_ptr<models::Recommender>> joins;
    double seconds = 0.0;
    for (const auto& params : trial.settings)
      joins.push_back(context_.fit(spec_.name, params, train_, seconds));
    const auto results = rank_joins(joins);
    for (std::size_t i = 0; i < joins.size(); ++i) consider(trial.settings[i], results[i]);
  }

  std::vector<std::vector<eval::UserResult>> rank_joins(
      const std::vector<std::unique_ptr<models::Recommender>>& joins) {
    const auto combines = [&](std::size_t i) -> const models::Combines& {
      return dynamic_cast<const models::Combines&>(*joins[i]);
    };
    const auto parts = context_.fitted_parts(combines(0), train_);
    const auto users = eval_users(task_);
    auto& pool = context_.services().pool;
    std::vector<math::Matrix> scores(parts.size(), math::Matrix(kJoinBlock, train_.items));
    math::Matrix joined(kJoinBlock, train_.items);
    std::vector<std::vector<eval::UserResult>> out(joins.size());
    NoProgress silent;
    const Services quiet{pool, silent, context_.services().cancel, {}};
    context_.services().progress.begin("ranking sums", static_cast<std::int64_t>(users.size()));
    for (std::size_t first = 0; first < users.size(); first += kJoinBlock) {
      const auto block =
          std::span(users).subspan(first, std::min<std::size_t>(kJoinBlock, users.size() - first));
      const auto rows = static_cast<math::Index>(block.size());
      const auto queries = queries_of(block, task_);
      std::vector<math::MatrixView<const float>> views;
      for (std::size_t k = 0; k < parts.size(); ++k) {
        parts[k].model->score(queries, scores[k].view().block(0, rows), pool);
        views.push_back(scores[k].view().block(0, rows));
      }
      for (std::size_t i = 0; i < joins.size(); ++i) {
        combines(i).join(queries, views, joined.view().block(0, rows), pool);
        const auto copy = [&](std::span<const std::size_t> positions, math::MatrixView<float> to) {
          for (std::size_t p = 0; p < positions.size(); ++p)
            std::ranges::copy(joined.row(static_cast<math::Index>(positions[p])),
                              to.row(static_cast<math::Index>(p)).begin());
        };
        auto results = eval::evaluate(block, task_.columns, max_k_, *task_.items, copy, quiet);
        std::ranges::move(results.front(), std::back_inserter(out[i]));
      }
      context_.services().progress.at(static_cast<std::int64_t>(first) + rows);
    }
    context_.services().progress.end();
    return out;
  }

  void consider(const ParamMap& params, const std::vector<eval::UserResult>& results) {
    require(!results.empty(),
            "settings cannot be chosen: no validation user has a held-out item among the candidates '{}'",
            task_.columns.front().name);
    const double value = recall_->value(results, {});
    ++best_.tried;
    if (value <= best_.value) return;
    best_.value = value;
    best_.params = params;
  }

  static constexpr math::Index kJoinBlock = 256;

  const Spec& spec_;
  const data::Interactions& train_;
  RankingTask task_;
  const int max_k_;
  FitContext& context_;
  const std::unique_ptr<eval::Metric> recall_;
  Choice best_;
};

}  // namespace

std::shared_ptr<const data::ItemVectors> FitContext::vectors_for(const models::ContentUse& use) {
  auto& vectors = vectors_[key_of(use)];
  if (!vectors) vectors = make_vectors(use, tables_, plugins_.fusions, services_);
  return vectors;
}

std::unique_ptr<models::Recommender> FitContext::fit(const std::string& name, const ParamMap& params,
                                                     const data::Interactions& train, double& seconds,
                                                     const AfterEpoch& after_epoch) {
  services_.cancel.check();
  auto model = plugins_.models.make(name, params);
  auto* join = dynamic_cast<models::Combines*>(model.get());
  // Features are not made in the time of the fit.
  const auto vectors = join != nullptr ? nullptr : vectors_for(model->content_use());
  const auto begun = std::chrono::steady_clock::now();
  if (join != nullptr) {
    join->combine(fitted_parts(*join, train), train.items);
  } else if (after_epoch) {
    auto& in_epochs = dynamic_cast<models::TrainsInEpochs&>(*model);
    in_epochs.fit_in_epochs({&train, vectors}, services_,
                            [&](int epoch) { return after_epoch(*model, epoch); });
  } else {
    model->fit({&train, vectors}, services_);
  }
  seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
  return model;
}

std::vector<models::FittedPart> FitContext::fitted_parts(const models::Combines& model,
                                                         const data::Interactions& train) {
  std::vector<models::FittedPart> out;
  for (const auto& spec : model.parts()) {
    const auto params = spec.combinations().front();
    auto& known = reads_content(spec, plugins_) ? parts_ : memory_->parts;
    auto& part = known[{&train, to_text(spec.name, params)}];
    if (!part.model) {
      double seconds = 0.0;
      part.model = fit(spec.name, params, train, seconds);
      part.deviation = models::deviation_of_scores(*part.model, train, services_);
    }
    out.push_back(part);
  }
  return out;
}

std::vector<std::string> FitContext::features_of(const std::string& name, const ParamMap& params) const {
  const auto use = plugins_.models.make(name, params)->content_use();
  std::vector<std::string> out;
  if (use.form == models::ContentUse::Form::none) return out;
  for (const auto& table : select_tables(tables_, use.features)) out.push_back(table->name);
  return out;
}

bool needs_search(const Spec& spec, FitContext& context) {
  const auto parts = parts_of(spec.name, spec.combinations().front(), context.plugins());
  if (!parts.empty()) {
    return spec.is_search() || (parts.size() > 1 && !spec.values.contains("weights")) ||
           !spec.values.contains("scale") ||
           std::ranges::any_of(parts, [&](const Spec& part) { return needs_search(part, context); });
  }
  const auto grid = grid_for(spec, context);
  return grid.steps.size() > 1 || grid.steps.front().alternatives.size() > 1;
}

std::vector<std::vector<eval::UserResult>> rank(const models::Recommender& model, const RankingTask& task,
                                                int max_k, const Services& services) {
  const auto users = eval_users(task);
  const auto queries = queries_of(users, task);
  const auto score = [&](std::span<const std::size_t> positions, math::MatrixView<float> out) {
    std::vector<models::Query> some;
    for (const auto position : positions) some.push_back(queries[position]);
    model.score(some, out, services.pool);
  };
  return eval::evaluate(users, task.columns, max_k, *task.items, score, services);
}

Choice choose(const Spec& spec, const data::Interactions& train, const RankingTask& validation, int max_k,
              FitContext& context) {
  const auto key = key_of(spec, context);
  auto& choices = context.memory().choices;
  if (const auto known = choices.find(key); known != choices.end()) return known->second;
  const auto choice = Search(spec, train, validation, max_k, context).run();
  choices.emplace(key, choice);
  return choice;
}

}  // namespace medley::engine

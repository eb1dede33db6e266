#pragma once

#include "medley/core/services.h"
#include "medley/core/spec.h"
#include "medley/data/dataset.h"
#include "medley/data/interactions.h"
#include "medley/engine/content.h"
#include "medley/engine/plugins.h"
#include "medley/eval/protocol.h"
#include "medley/models/combines.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace medley::engine {

/// What a search chose.
struct Choice {
  ParamMap params;
  double value = 0.0;  ///< recall at `max_k` on the validation part, first column
  int tried = 1;
};

/// What models of one split leave for each other, so that each search and each fit of a part without content
/// is done once. Lives as long as the split's interactions.
struct SplitMemory {
  std::map<std::string, Choice> choices;  ///< by spec, and by the tables where content is read
  std::map<std::pair<const data::Interactions*, std::string>, models::FittedPart> parts;  ///< without content
};

/// Asked after each epoch of a fit; false ends it.
using AfterEpoch = std::function<bool(const models::Recommender& model, int epoch)>;

/// What is fitted on, and who is asked about. The item vectors of each choice of features are made once, and
/// the parts of models made of models are fitted once.
class FitContext {
 public:
  FitContext(const Plugins& plugins, const Tables& tables, const Services& services,
             SplitMemory* memory = nullptr)
      : plugins_(plugins), tables_(tables), services_(services), memory_(memory ? memory : &own_memory_) {}
  FitContext(const FitContext&) = delete;
  FitContext& operator=(const FitContext&) = delete;

  /// Fits `name(params)` on `train`, which outlives this object. `seconds` gets the time of the fit.
  /// `after_epoch` is for models that train in epochs.
  std::unique_ptr<models::Recommender> fit(const std::string& name, const ParamMap& params,
                                           const data::Interactions& train, double& seconds,
                                           const AfterEpoch& after_epoch = {});

  /// The parts of a model made of models, each fitted on `train` when it is first asked for.
  std::vector<models::FittedPart> fitted_parts(const models::Combines& model,
                                               const data::Interactions& train);

  /// The names of the features that `name(params)` would be given as tables, in order.
  std::vector<std::string> features_of(const std::string& name, const ParamMap& params) const;

  SplitMemory& memory() { return *memory_; }
  const Plugins& plugins() const { return plugins_; }
  const Tables& tables() const { return tables_; }
  const Services& services() const { return services_; }

 private:
  std::shared_ptr<const data::ItemVectors> vectors_for(const models::ContentUse& use);

  const Plugins& plugins_;
  const Tables& tables_;
  const Services& services_;
  SplitMemory own_memory_;
  SplitMemory* memory_;
  std::map<std::string, std::shared_ptr<const data::ItemVectors>> vectors_;
  std::map<std::pair<const data::Interactions*, std::string>, models::FittedPart> parts_;
};

/// One ranking task: whose held-out items are to be found among which candidates.
struct RankingTask {
  const data::IdMap* users = nullptr;
  const data::IdMap* items = nullptr;
  const data::Interactions* history = nullptr;   ///< what a user is asked about with
  const data::Interactions* masked = nullptr;    ///< what leaves the candidates
  const data::Interactions* relevant = nullptr;  ///< what is to be found
  std::vector<eval::Candidates> columns;
};

/// The results of a fitted model: one list of users a column.
std::vector<std::vector<eval::UserResult>> rank(const models::Recommender& model, const RankingTask& task,
                                                int max_k, const Services& services);

/// Chooses the parameters of a spec on `validation` alone, by recall at `max_k` in its first column: the
/// alternatives that the spec gives, or the model's built-in grid for a bare name, or just what the spec
/// says. Settings that differ in `epochs` alone share a fit where the model trains in epochs. The parts of a
/// model made of models are chosen first, each on its own. Equal values: the first wins.
Choice choose(const Spec& spec, const data::Interactions& train, const RankingTask& validation, int max_k,
              FitContext& context);

/// Whether `choose` would try more than one setting.
bool needs_search(const Spec& spec, FitContext& context);

}  // namespace medley::engine

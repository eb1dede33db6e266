#pragma once

#include "medley/core/archive.h"
#include "medley/core/params.h"
#include "medley/core/services.h"
#include "medley/data/id_map.h"
#include "medley/engine/pipeline.h"
#include "medley/models/registry.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace medley::engine {

/// A model file opened for answers: the model, the items it knows by their ids, and how many users chose
/// each. It answers from the file alone. Const and thread-safe after construction.
class TrainedModel {
 public:
  /// Maps the file. Throws `not_found` (saying `medley train`, also for one that is stale), `corrupt_data`,
  /// `unsupported`.
  TrainedModel(const std::filesystem::path& path, const models::Registry& registry);

  /// Writes a fitted model. `counts` holds the number of users of each item of `items`; `pipeline` is how the
  /// features were made that it was fitted on.
  static void save(const std::filesystem::path& path, const std::string& plugin, const ParamMap& params,
                   const std::vector<std::string>& items, const std::vector<std::int32_t>& counts,
                   const models::Recommender& model, const Pipeline& pipeline = {});

  /// Takes a model file out of use until `save` writes it anew: the constructor refuses it. For models that
  /// were fitted with events of someone who is to be forgotten. Throws `io`.
  static void mark_stale(const std::filesystem::path& path);

  const std::string& plugin() const { return plugin_; }
  const ParamMap& params() const { return params_; }
  const data::IdMap& items() const { return items_; }
  /// Users of an item when the model was fitted.
  std::int32_t users_of(data::ItemId item) const { return counts_[static_cast<std::size_t>(item)]; }
  const models::Recommender& model() const { return *model_; }
  /// Null where the model's scores are no sums.
  const models::Explains* explains() const { return dynamic_cast<const models::Explains*>(model_.get()); }

  /// How new items get their vectors; read from the file at each call. Empty for a model that was trained
  /// without features.
  Pipeline pipeline(const features::Registry& extractors) const;

  /// The rows of the ids that the model knows, rising; unknown ids are left out.
  std::vector<data::ItemId> rows_of(const std::vector<std::string>& ids) const;

  /// One score an item.
  std::vector<float> score(const std::string& user, const std::vector<data::ItemId>& history,
                           ThreadPool& pool) const;

 private:
  ArchiveReader file_;
  std::string plugin_;
  ParamMap params_;
  data::IdMap items_;
  std::vector<std::int32_t> counts_;
  std::unique_ptr<models::Recommender> model_;
};

}  // namespace medley::engine

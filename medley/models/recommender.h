#pragma once

#include "medley/core/archive.h"
#include "medley/core/params.h"
#include "medley/core/services.h"
#include "medley/data/interactions.h"
#include "medley/data/item_vectors.h"
#include "medley/math/matrix.h"

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace medley::models {

using data::ItemId;
using data::UserId;

/// Who asks: an id outside, and the items in the history, rising and distinct, as row numbers of the model's
/// items. A user never seen is asked for in the same way.
struct Query {
  std::string_view user;
  std::span<const ItemId> history;
};

/// What of the catalogue's content a model wants to be given. The engine makes it; a model never sees a
/// fusion.
struct ContentUse {
  enum class Form {
    none,    ///< no content
    tables,  ///< the features named, each on its own
    fused,   ///< joined by `fusion`
  };
  Form form = Form::none;
  std::vector<std::string> features;  ///< names or modalities; empty: all there are; {"none"}: go without
  std::string fusion;                 ///< its spec: `mean`, `mean(hops=3)`
  ParamMap fusion_params;             ///< of the fusion, above those of its spec
  bool required = false;              ///< without content there is nothing that the model could learn
};

/// What a model is fitted on. Users and items are row numbers; everything outlives the call of `fit`, and
/// nothing of it is kept by reference after it, except `vectors`, which is shared.
struct TrainingData {
  const data::Interactions* interactions = nullptr;
  /// Fused: its blocks. Tables: one block a feature, centred and of unit length. None: no blocks.
  std::shared_ptr<const data::ItemVectors> vectors;
};

/// The share of what is the same for every item of the catalogue: no interactions, and nothing that items
/// have in common.
inline constexpr const char* kConstantShare = "constant";

/// One share of a score.
struct Share {
  std::string of;
  double value = 0.0;
};

/// A score taken apart. Each list that is not empty sums to the score within 1e-5 max(1, |score|).
struct Explanation {
  double score = 0.0;
  std::vector<std::pair<ItemId, double>> by_history;  ///< one an item of the history
  std::vector<Share> by_modality;                     ///< "interactions", `kConstantShare`, or a feature
  std::vector<Share> by_term;                         ///< a term of the model's formula
};

/// A trainable scorer of items. After `fit` or `load` everything is const and thread-safe.
class Recommender {
 public:
  virtual ~Recommender() = default;

  virtual ContentUse content_use() const = 0;

  /// Throws `limit` before it allocates more than the model states, `interrupted`, `invalid_argument`.
  virtual void fit(const TrainingData& data, const Services& services) = 0;

  /// out [queries x items], overwritten; every score is finite. Seen items are scored like others.
  virtual void score(std::span<const Query> queries, math::MatrixView<float> out, ThreadPool& pool) const = 0;

  /// Whether items without any event get a score of their own.
  virtual bool scores_unseen_items() const = 0;

  /// Everything `score` and `explain` need. `load` of what `save` wrote gives the same scores; it checks
  /// every index.
  virtual void save(ArchiveWriter& out) const = 0;
  virtual void load(const ArchiveReader& in) = 0;
};

/// A model whose scores are sums.
class Explains {
 public:
  virtual ~Explains() = default;

  /// `explain(...).score` equals what `score` gives within 1e-5 max(1, |score|).
  virtual Explanation explain(const Query& query, ItemId item) const = 0;
};

/// A model that is fitted in passes, of which each leaves it ready: one fit of many epochs shows what each
/// smaller number of them would have given.
class TrainsInEpochs {
 public:
  virtual ~TrainsInEpochs() = default;

  /// As `fit`, and calls `go_on(epoch)` after epoch 1, 2, ... up to the model's parameter `epochs`. Meanwhile
  /// the model answers as one that was fitted with `epochs` = that many; false ends the fit there.
  virtual void fit_in_epochs(const TrainingData& data, const Services& services,
                             const std::function<bool(int epoch)>& go_on) = 0;
};

}  // namespace medley::models

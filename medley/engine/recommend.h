#pragma once

#include "medley/core/clock.h"
#include "medley/data/dataset.h"
#include "medley/engine/diversify.h"
#include "medley/engine/listing.h"
#include "medley/engine/trained_model.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace medley::engine {

/// Why an item is in a list.
enum class Reason {
  history,  ///< what others chose together with the history
  content,  ///< it is like the history in words, pictures or the like
  popular,  ///< nothing is known that would tell; many chose it
};
std::string_view to_string(Reason reason);

struct Recommendation {
  std::string id;
  double score = 0.0;
  Reason reason = Reason::history;
  std::string sentence;
};

/// Which lists are wanted; the same for every user of a call.
struct ListOptions {
  std::vector<std::string> exclude{};
  bool include_seen = false;
  int k = 10;
  std::string where{};  ///< a condition on the catalogue (engine/where.h); "": none
  double diversity =
      0.0;  ///< in [0, 1]: how much likeness to those already listed counts (engine/diversify.h)
  std::int64_t at = unix_seconds();  ///< items that are not available at this time are left out
  bool reasons = true;               ///< whether sentences are made: an explanation an item
};

/// Who asks.
struct Asker {
  std::string user{};                  ///< orders equal scores; may be ""
  std::vector<std::string> history{};  ///< ids; those that the model does not know are left out
};

struct RecommendRequest {
  std::string user{};
  std::vector<std::string> history{};
  std::vector<std::string> exclude{};
  bool include_seen = false;
  int k = 10;
  std::string where{};
  double diversity = 0.0;
  std::int64_t at = unix_seconds();
};

struct RecommendAnswer {
  std::vector<Recommendation> items;
  std::vector<std::string> notes;  ///< why there are fewer than k, which ids are unknown
};

/// Makes lists of one kind for one asker after the other: what they share is made once. The model, the names
/// and the tables outlive it. Const and thread-safe.
class ListMaker {
 public:
  /// `tables` are only read for a diversity above 0. Throws `invalid_argument` for a k or a diversity out of
  /// range, for a wrong condition, and for a diversity without any feature.
  ListMaker(const TrainedModel& model, const data::Dataset& names, const ListOptions& options,
            const Tables& tables = {});

  /// The k best items that are available, not in the history and meet the condition, best first, in the order
  /// of `listed`; with a diversity in that of `diversify`.
  RecommendAnswer list(const Asker& asker, ThreadPool& pool) const;

  /// As `list`, from scores that are there already: one an item of the model.
  RecommendAnswer list(const Asker& asker, std::span<const float> scores) const;

  /// The items of the model that a list for this history is taken from.
  std::vector<data::ItemId> candidates(std::span<const data::ItemId> history) const;

 private:
  std::vector<Listed> spread(std::vector<Listed> pool) const;

  const TrainedModel& model_;
  const data::Dataset& names_;
  ListOptions options_;
  std::vector<data::ItemId> excluded_;
  std::vector<std::uint8_t> allowed_;  ///< one byte an item of the model, or empty for all
  std::unique_ptr<const ItemCosines> alike_;
};

/// One list: `ListMaker` for one asker.
RecommendAnswer recommend(const TrainedModel& model, const data::Dataset& names,
                          const RecommendRequest& request, ThreadPool& pool, const Tables& tables = {});

/// The ids of the items that count as the user's history: pairs whose summed weight is above 0, events of at
/// least `min_value` only, in order of first appearance. Empty for a user never seen.
std::vector<std::string> history_of(const data::Dataset& dataset, const std::string& user,
                                    const data::KindWeights& weights, std::optional<double> min_value);

/// The ids of the items that the catalogue says are not to be had at `time`, in seconds since 1970 UTC.
std::vector<std::string> unavailable_items(const data::Dataset& dataset, std::int64_t time);

/// The item's first non-empty text of the catalogue, or its id.
std::string title_of(const data::Dataset& dataset, const std::string& id);

/// Why `explanation` gives what it gives, in one sentence.
std::string sentence_for(const models::Explanation& explanation, Reason reason, const TrainedModel& model,
                         const data::Dataset& names);
Reason reason_for(const models::Explanation& explanation);

}  // namespace medley::engine

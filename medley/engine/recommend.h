#pragma once

#include "medley/data/dataset.h"
#include "medley/engine/trained_model.h"

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

struct RecommendRequest {
  std::string user{};                  ///< orders equal scores; may be ""
  std::vector<std::string> history{};  ///< ids; those that the model does not know are left out
  std::vector<std::string> exclude{};
  bool include_seen = false;
  int k = 10;
};

struct RecommendAnswer {
  std::vector<Recommendation> items;
  std::vector<std::string> notes;  ///< why there are fewer than k, which ids are unknown
};

/// The k best items that are not in the history, best first; equal scores by the tie hash of user and item.
/// Where the model has nothing to say of an item (a score of exactly 0), the number of its users decides, and
/// it is marked as popular; items that the model speaks against come last.
RecommendAnswer recommend(const TrainedModel& model, const data::Dataset& names,
                          const RecommendRequest& request, ThreadPool& pool);

/// The ids of the items that count as the user's history: pairs whose summed weight is above 0, events of at
/// least `min_value` only, in order of first appearance. Empty for a user never seen.
std::vector<std::string> history_of(const data::Dataset& dataset, const std::string& user,
                                    const data::KindWeights& weights, std::optional<double> min_value);

/// The item's first non-empty text of the catalogue, or its id.
std::string title_of(const data::Dataset& dataset, const std::string& id);

/// Why `explanation` gives what it gives, in one sentence.
std::string sentence_for(const models::Explanation& explanation, Reason reason, const TrainedModel& model,
                         const data::Dataset& names);
Reason reason_for(const models::Explanation& explanation);

}  // namespace medley::engine

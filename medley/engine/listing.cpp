#include "medley/engine/listing.h"

#include "medley/core/hash.h"

#include <algorithm>
#include <utility>

namespace medley::engine {
namespace {

bool falls_silent(const TrainedModel& model) {
  return model.plugin() != "popularity" && model.plugin() != "random";
}

/// The candidates whose scores `takes` accepts.
template <class Takes>
std::vector<data::ItemId> those(std::span<const data::ItemId> candidates, std::span<const float> scores,
                                Takes takes) {
  std::vector<data::ItemId> out;
  for (const auto item : candidates) {
    if (takes(scores[static_cast<std::size_t>(item)])) out.push_back(item);
  }
  return out;
}

/// What gives an item its place, beside the tie hash.
struct Place {
  float score = 0.0f;
  std::int32_t users = 0;  ///< which count where the model is silent
};

/// 1 and how many of `others` go before an item at `own`.
int rank_among(const TrainedModel& model, const std::string& user, std::span<const float> scores,
               std::span<const data::ItemId> others, const std::string& id, Place own) {
  TieHasher hasher(user);
  const bool silences = falls_silent(model);
  const auto key = [&](const Place& of) {
    return std::pair(of.score, silences && of.score == 0.0f ? of.users : 0);
  };
  const auto own_key = key(own);
  const auto own_tie = hasher(id);
  int rank = 1;
  for (const auto other : others) {
    const auto its = key({scores[static_cast<std::size_t>(other)], model.users_of(other)});
    if (its > own_key || (its == own_key && hasher(model.items().id(other)) < own_tie)) ++rank;
  }
  return rank;
}

}  // namespace

std::vector<Listed> listed(const TrainedModel& model, const std::string& user, std::span<const float> scores,
                           std::span<const data::ItemId> candidates, int k) {
  TieHasher hasher(user);
  std::vector<Listed> out;
  const auto add = [&](std::span<const data::ItemId> from, std::span<const float> by, bool silent) {
    const auto left = k - static_cast<int>(out.size());
    if (left <= 0) return;
    const auto tie = [&](std::int32_t item) { return hasher(model.items().id(item)); };
    for (const auto& scored : math::top_k(by, from, left, tie))
      out.push_back({scored.item, silent ? 0.0 : static_cast<double>(scored.score), silent});
  };
  if (!falls_silent(model)) {
    add(candidates, scores, false);
    return out;
  }
  add(those(candidates, scores, [](float score) { return score > 0.0f; }), scores, false);
  if (static_cast<int>(out.size()) >= k) return out;
  std::vector<float> users;
  for (data::ItemId item = 0; item < model.items().size(); ++item)
    users.push_back(static_cast<float>(model.users_of(item)));
  add(those(candidates, scores, [](float score) { return score == 0.0f; }), users, true);
  add(those(candidates, scores, [](float score) { return score < 0.0f; }), scores, false);
  return out;
}

int rank_of(const TrainedModel& model, const std::string& user, std::span<const float> scores,
            std::span<const data::ItemId> candidates, data::ItemId item) {
  const Place own{scores[static_cast<std::size_t>(item)], model.users_of(item)};
  std::vector<data::ItemId> others;
  for (const auto one : candidates) {
    if (one != item) others.push_back(one);
  }
  return rank_among(model, user, scores, others, model.items().id(item), own);
}

int rank_of_new(const TrainedModel& model, const std::string& user, std::span<const float> scores,
                std::span<const data::ItemId> candidates, const std::string& id, float score) {
  return rank_among(model, user, scores, candidates, id, {score, 0});
}

std::vector<data::ItemId> candidates_without(const TrainedModel& model, std::span<const data::ItemId> history,
                                             std::span<const data::ItemId> excluded,
                                             std::span<const std::uint8_t> allowed) {
  const auto items = static_cast<std::size_t>(model.items().size());
  std::vector<std::uint8_t> out_of_it(items);
  for (const auto item : history) out_of_it[static_cast<std::size_t>(item)] = 1;
  for (const auto item : excluded) out_of_it[static_cast<std::size_t>(item)] = 1;
  std::vector<data::ItemId> candidates;
  for (std::size_t item = 0; item < items; ++item) {
    if (out_of_it[item] == 0 && (allowed.empty() || allowed[item] != 0))
      candidates.push_back(static_cast<data::ItemId>(item));
  }
  return candidates;
}

}  // namespace medley::engine

#include "medley/engine/recommend.h"

#include "medley/core/error.h"
#include "medley/core/hash.h"
#include "medley/data/interactions.h"
#include "medley/math/top_k.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace medley::engine {
namespace {

constexpr std::size_t kTitleBytes = 60;

std::string quoted_title(const data::Dataset& names, const std::string& id) {
  auto title = title_of(names, id);
  if (title.size() > kTitleBytes) {
    std::size_t end = kTitleBytes;
    while (end > 0 && (static_cast<unsigned char>(title[end]) & 0xC0U) == 0x80U) --end;
    title = title.substr(0, end) + "…";
  }
  return "'" + title + "'";
}

std::vector<math::Scored> best(const TrainedModel& model, const std::string& user,
                               std::span<const float> scores, std::span<const data::ItemId> candidates,
                               int k) {
  TieHasher hasher(user);
  return math::top_k(scores, candidates, k,
                     [&](std::int32_t item) { return hasher(model.items().id(item)); });
}

/// The items that may be listed: all but the history and what is excluded.
std::vector<data::ItemId> candidates_for(const TrainedModel& model, const std::vector<data::ItemId>& history,
                                         const RecommendRequest& request) {
  std::vector<std::uint8_t> out_of_it(static_cast<std::size_t>(model.items().size()));
  if (!request.include_seen) {
    for (const auto item : history) out_of_it[static_cast<std::size_t>(item)] = 1;
  }
  for (const auto item : model.rows_of(request.exclude)) out_of_it[static_cast<std::size_t>(item)] = 1;
  std::vector<data::ItemId> candidates;
  for (data::ItemId item = 0; item < model.items().size(); ++item) {
    if (out_of_it[static_cast<std::size_t>(item)] == 0) candidates.push_back(item);
  }
  return candidates;
}

Recommendation popular(const TrainedModel& model, data::ItemId item, double score) {
  const auto users = model.users_of(item);
  return {
      model.items().id(item), score, Reason::popular,
      fmt::format("nothing in the history speaks for it; chosen by {} user{}", users, users == 1 ? "" : "s")};
}

Recommendation describe(const TrainedModel& model, const data::Dataset& names, const models::Query& query,
                        math::Scored scored) {
  auto out = popular(model, scored.item, scored.score);
  if (model.plugin() == "popularity") {
    out.sentence = fmt::format("chosen by {} users", model.users_of(scored.item));
  } else if (model.plugin() == "random") {
    out.sentence = "drawn at random, as a baseline";
  } else if (const auto* explains = model.explains()) {
    const auto explanation = explains->explain(query, scored.item);
    out.reason = reason_for(explanation);
    out.sentence = sentence_for(explanation, out.reason, model, names);
  }
  return out;
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

}  // namespace

std::string_view to_string(Reason reason) {
  switch (reason) {
    case Reason::history: return "history";
    case Reason::content: return "content";
    case Reason::popular: return "popular";
  }
  return "unknown";
}

std::string title_of(const data::Dataset& dataset, const std::string& id) {
  if (const auto row = dataset.items.find(id)) {
    for (const auto& column : dataset.catalog.texts) {
      const auto& text = column.values[static_cast<std::size_t>(*row)];
      if (!text.empty()) return text;
    }
  }
  return id;
}

std::vector<std::string> history_of(const data::Dataset& dataset, const std::string& user,
                                    const data::KindWeights& weights, std::optional<double> min_value) {
  const auto row = dataset.users.find(user);
  if (!row) return {};
  const auto keep = [&](std::size_t i) {
    const auto& event = dataset.log.events[i];
    return event.user == *row && (!min_value || event.value >= *min_value);
  };
  const auto pairs =
      data::build_interactions(dataset.log, dataset.user_count(), dataset.item_count(), weights, keep);
  std::vector<std::string> out;
  for (const auto item : pairs.items_of(*row)) out.push_back(dataset.items.id(item));
  return out;
}

Reason reason_for(const models::Explanation& explanation) {
  double interactions = 0.0;
  double content = 0.0;
  for (const auto& share : explanation.by_modality) {
    (share.of == "interactions" ? interactions : content) += share.value;
  }
  if (explanation.by_history.empty()) return Reason::popular;
  return content > interactions ? Reason::content : Reason::history;
}

std::string sentence_for(const models::Explanation& explanation, Reason reason, const TrainedModel& model,
                         const data::Dataset& names) {
  if (reason == Reason::popular) return "nothing in the history speaks for it";
  auto parts = explanation.by_history;
  std::stable_sort(parts.begin(), parts.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  std::vector<std::string> titles;
  for (const auto& [item, value] : parts) {
    if (value <= 0.0 || titles.size() == 2) break;
    titles.push_back(quoted_title(names, model.items().id(item)));
  }
  if (titles.empty()) return "less is said against it in the history than against others";
  if (reason == Reason::history)
    return fmt::format("chosen by people who also chose {}", fmt::join(titles, " and "));
  std::string strongest;
  double most = 0.0;
  for (const auto& share : explanation.by_modality) {
    if (share.of != "interactions" && share.value > most) {
      most = share.value;
      strongest = share.of;
    }
  }
  return fmt::format("like {} in {}", fmt::join(titles, " and "), strongest);
}

RecommendAnswer recommend(const TrainedModel& model, const data::Dataset& names,
                          const RecommendRequest& request, ThreadPool& pool) {
  require(request.k >= 1 && request.k <= 10'000, "k must be in [1, 10000], got {}", request.k);
  RecommendAnswer answer;
  const auto history = model.rows_of(request.history);
  const auto unknown = std::count_if(request.history.begin(), request.history.end(),
                                     [&](const auto& id) { return !model.items().find(id); });
  if (unknown > 0) {
    answer.notes.push_back(fmt::format("{} of {} items of the history are not known to the model", unknown,
                                       request.history.size()));
  }
  const auto candidates = candidates_for(model, history, request);
  const auto scores = model.score(request.user, history, pool);
  const models::Query query{request.user, history};
  const auto list = [&](std::span<const data::ItemId> from, std::span<const float> by, auto describe_one) {
    const auto left = request.k - static_cast<int>(answer.items.size());
    if (left <= 0) return;
    for (const auto& scored : best(model, request.user, by, from, left))
      answer.items.push_back(describe_one(scored));
  };
  const auto as_scored = [&](math::Scored scored) { return describe(model, names, query, scored); };
  if (model.plugin() == "popularity" || model.plugin() == "random") {
    list(candidates, scores, as_scored);
  } else {
    // A score of exactly 0 is silence: among these items the number of users decides.
    std::vector<float> users;
    for (data::ItemId item = 0; item < model.items().size(); ++item)
      users.push_back(static_cast<float>(model.users_of(item)));
    list(those(candidates, scores, [](float score) { return score > 0.0f; }), scores, as_scored);
    list(those(candidates, scores, [](float score) { return score == 0.0f; }), users,
         [&](math::Scored scored) { return popular(model, scored.item, 0.0); });
    list(those(candidates, scores, [](float score) { return score < 0.0f; }), scores, as_scored);
  }
  if (static_cast<int>(answer.items.size()) < request.k) {
    answer.notes.push_back(
        fmt::format("{} asked for, {} there: of {} items known to the model {} are candidates (the rest is "
                    "seen or excluded)",
                    request.k, answer.items.size(), model.items().size(), candidates.size()));
  }
  return answer;
}

}  // namespace medley::engine

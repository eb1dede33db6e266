#include "medley/engine/recommend.h"

#include "medley/core/error.h"
#include "medley/data/interactions.h"
#include "medley/engine/where.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>

namespace medley::engine {
namespace {

constexpr std::size_t kTitleBytes = 60;
constexpr const char* kInteractions = "interactions";

/// Whether a share is that of a feature, which items can have in common.
bool is_content(const models::Share& share) {
  return share.of != kInteractions && share.of != models::kConstantShare;
}

std::string quoted_title(const data::Dataset& names, const std::string& id) {
  auto title = title_of(names, id);
  if (title.size() > kTitleBytes) {
    std::size_t end = kTitleBytes;
    while (end > 0 && (static_cast<unsigned char>(title[end]) & 0xC0U) == 0x80U) --end;
    title = title.substr(0, end) + "…";
  }
  return "'" + title + "'";
}

constexpr int kMaxK = 10'000;
constexpr int kMaxDiverseK = 1000;

/// Which items of the model the condition takes: those that the catalogue does not know have no field.
std::vector<std::uint8_t> allowed_by(const std::string& where, const TrainedModel& model,
                                     const data::Dataset& names) {
  if (where.empty()) return {};
  const auto matches = Where::parse(where).matches(names);
  std::vector<std::uint8_t> out(static_cast<std::size_t>(model.items().size()));
  for (data::ItemId item = 0; item < model.items().size(); ++item) {
    const auto row = names.items.find(model.items().id(item));
    out[static_cast<std::size_t>(item)] = row ? matches[static_cast<std::size_t>(*row)] : 0;
  }
  return out;
}

Recommendation popular(const TrainedModel& model, data::ItemId item, double score) {
  const auto users = model.users_of(item);
  return {
      model.items().id(item), score, Reason::popular,
      fmt::format("nothing in the history speaks for it; chosen by {} user{}", users, users == 1 ? "" : "s")};
}

Recommendation describe(const TrainedModel& model, const data::Dataset& names, const models::Query& query,
                        const Listed& listed) {
  auto out = popular(model, listed.item, listed.score);
  if (listed.silent) return out;
  if (model.plugin() == "popularity") {
    out.sentence = fmt::format("chosen by {} users", model.users_of(listed.item));
  } else if (model.plugin() == "random") {
    out.sentence = "drawn at random, as a baseline";
  } else if (const auto* explains = model.explains()) {
    const auto explanation = explains->explain(query, listed.item);
    out.reason = reason_for(explanation);
    out.sentence = sentence_for(explanation, out.reason, model, names);
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

std::vector<std::string> unavailable_items(const data::Dataset& dataset, std::int64_t time) {
  std::vector<std::string> out;
  for (data::ItemId item = 0; item < dataset.item_count(); ++item) {
    if (!dataset.catalog.available(item, time)) out.push_back(dataset.items.id(item));
  }
  return out;
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
  if (explanation.by_history.empty()) return Reason::popular;
  std::optional<double> interactions;
  double content = 0.0;
  for (const auto& share : explanation.by_modality) {
    if (share.of == kInteractions) interactions = interactions.value_or(0.0) + share.value;
    if (is_content(share)) content += share.value;
  }
  // A model that knows no interactions has its scores from the content, low ones, too.
  const bool has_content = std::ranges::any_of(explanation.by_modality, is_content);
  return has_content && (!interactions || content > *interactions) ? Reason::content : Reason::history;
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
  constexpr const char* kLittleAgainst = "less is said against it in the history than against others";
  if (titles.empty()) return kLittleAgainst;
  if (reason == Reason::history)
    return fmt::format("chosen by people who also chose {}", fmt::join(titles, " and "));
  std::string strongest;
  double most = 0.0;
  for (const auto& share : explanation.by_modality) {
    if (is_content(share) && share.value > most) {
      most = share.value;
      strongest = share.of;
    }
  }
  if (strongest.empty()) return kLittleAgainst;
  return fmt::format("like {} in {}", fmt::join(titles, " and "), strongest);
}

ListMaker::ListMaker(const TrainedModel& model, const data::Dataset& names, const ListOptions& options,
                     const Tables& tables)
    : model_(model), names_(names), options_(options) {
  require(options.k >= 1 && options.k <= kMaxK, "k must be in [1, {}], got {}", kMaxK, options.k);
  require(options.diversity >= 0.0 && options.diversity <= 1.0, "diversity must be in [0, 1], got {}",
          options.diversity);
  excluded_ = model.rows_of(options.exclude);
  const auto gone = model.rows_of(unavailable_items(names, options.at));
  excluded_.insert(excluded_.end(), gone.begin(), gone.end());
  allowed_ = allowed_by(options.where, model, names);
  if (options.diversity == 0.0) return;
  require(options.k <= kMaxDiverseK, "with a diversity k must be in [1, {}], got {}", kMaxDiverseK,
          options.k);
  require(!tables.empty(),
          "diversity compares vectors, and there are no features; `medley extract` makes them");
  alike_ = std::make_unique<ItemCosines>(tables);
}

std::vector<Listed> ListMaker::spread(std::vector<Listed> pool) const {
  std::vector<double> relevance;
  std::vector<std::optional<data::ItemId>> rows;
  for (const auto& one : pool) {
    relevance.push_back(one.score);
    rows.push_back(names_.items.find(model_.items().id(one.item)));
  }
  const auto similarity = [&](std::size_t a, std::size_t b) {
    return rows[a] && rows[b] ? (*alike_)(*rows[a], *rows[b]) : 0.0;
  };
  std::vector<Listed> out;
  for (const auto at : diversify(relevance, options_.diversity, options_.k, similarity))
    out.push_back(pool[at]);
  return out;
}

RecommendAnswer ListMaker::list(const Asker& asker, ThreadPool& pool) const {
  return list(asker, model_.score(asker.user, model_.rows_of(asker.history), pool));
}

RecommendAnswer ListMaker::list(const Asker& asker, std::span<const float> scores) const {
  RecommendAnswer answer;
  const auto history = model_.rows_of(asker.history);
  const auto unknown = std::count_if(asker.history.begin(), asker.history.end(),
                                     [&](const auto& id) { return !model_.items().find(id); });
  if (unknown > 0) {
    answer.notes.push_back(fmt::format("{} of {} items of the history are not known to the model", unknown,
                                       asker.history.size()));
  }
  const auto candidates = this->candidates(history);
  const int pool_size = alike_ ? diversity_pool(options_.k) : options_.k;
  auto best = listed(model_, asker.user, scores, candidates, pool_size);
  if (alike_) best = spread(std::move(best));
  const models::Query query{asker.user, history};
  for (const auto& one : best) {
    answer.items.push_back(options_.reasons ? describe(model_, names_, query, one)
                                            : Recommendation{model_.items().id(one.item), one.score, {}, {}});
  }
  if (static_cast<int>(answer.items.size()) < options_.k) {
    answer.notes.push_back(
        fmt::format("{} asked for, {} there: of {} items known to the model {} are candidates (the rest is "
                    "seen, excluded or unavailable{})",
                    options_.k, answer.items.size(), model_.items().size(), candidates.size(),
                    options_.where.empty() ? "" : ", or --where leaves it out"));
  }
  return answer;
}

std::vector<data::ItemId> ListMaker::candidates(std::span<const data::ItemId> history) const {
  const auto seen = options_.include_seen ? std::span<const data::ItemId>{} : history;
  return candidates_without(model_, seen, excluded_, allowed_);
}

RecommendAnswer recommend(const TrainedModel& model, const data::Dataset& names,
                          const RecommendRequest& request, ThreadPool& pool, const Tables& tables) {
  const ListMaker maker(
      model, names,
      {request.exclude, request.include_seen, request.k, request.where, request.diversity, request.at, true},
      tables);
  return maker.list({request.user, request.history}, pool);
}

}  // namespace medley::engine

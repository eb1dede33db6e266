#include "medley/engine/new_items.h"

#include "medley/core/error.h"
#include "medley/core/hash.h"
#include "medley/math/top_k.h"

#include <fmt/ranges.h>

#include <numeric>
#include <set>

namespace medley::engine {
namespace {

constexpr std::size_t kMaxItems = 100;

const models::ScoresNewItems& places_of(const TrainedModel& model, const models::Registry& registry) {
  if (const auto* places = dynamic_cast<const models::ScoresNewItems*>(&model.model())) return *places;
  std::vector<std::string> able;
  for (const auto& name : registry.names()) {
    const auto other = registry.make(name, {});
    if (dynamic_cast<const models::ScoresNewItems*>(other.get()) != nullptr) able.push_back(name);
  }
  fail(ErrorCode::unsupported, "'{}' cannot score an item that it was not trained with; these can: {}",
       model.plugin(), fmt::join(able, ", "));
}

void check_items(const TrainedModel& model, const std::vector<NewItem>& items) {
  require(!items.empty() && items.size() <= kMaxItems, "new items must be 1 to {}, got {}", kMaxItems,
          items.size());
  std::set<std::string> ids;
  for (const auto& item : items) {
    require(!item.id.empty(), "a new item has no id");
    require(ids.insert(item.id).second, "the new item '{}' is given twice", item.id);
    require(!model.items().find(item.id), "the model knows the item '{}' already; it is not new", item.id);
  }
}

}  // namespace

NewItems::NewItems(const TrainedModel& model, const data::Dataset& names, std::vector<NewItem> items,
                   const Plugins& plugins, const Services& services)
    : model_(model), names_(names), items_(std::move(items)) {
  places_ = &places_of(model, plugins.models);
  check_items(model, items_);
  const auto tables = model.pipeline(plugins.extractors).transform(items_, services);
  shares_ = places_->new_item_shares(tables, services.pool);
  require(!shares_.empty(), "the model '{}' was trained without content", model.plugin());
}

double NewItems::score(std::size_t item, std::span<const data::ItemId> history) const {
  double sum = 0.0;
  for (const auto& share : shares_) {
    const auto row = share.values.row(static_cast<math::Index>(item));
    for (const auto one : history) sum += static_cast<double>(row[static_cast<std::size_t>(one)]);
  }
  return sum * places_->history_factor(history.size());
}

models::Explanation NewItems::explanation(std::size_t item, std::span<const data::ItemId> history) const {
  const double factor = places_->history_factor(history.size());
  models::Explanation out;
  for (const auto one : history) out.by_history.emplace_back(one, 0.0);
  for (const auto& share : shares_) {
    const auto row = share.values.row(static_cast<math::Index>(item));
    models::Share part{share.of, 0.0};
    for (auto& [one, value] : out.by_history) {
      const double by_it = factor * static_cast<double>(row[static_cast<std::size_t>(one)]);
      value += by_it;
      part.value += by_it;
    }
    out.score += part.value;
    out.by_modality.push_back(std::move(part));
  }
  return out;
}

std::vector<NewItemRank> NewItems::ranks(const Asker& asker, const ListOptions& options,
                                         ThreadPool& pool) const {
  const auto history = model_.rows_of(asker.history);
  const auto scores = model_.score(asker.user, history, pool);
  const auto candidates = ListMaker(model_, names_, options).candidates(history);
  std::vector<NewItemRank> out;
  for (std::size_t i = 0; i < items_.size(); ++i) {
    const auto told = explanation(i, history);
    NewItemRank one{items_[i].id,     told.score, 0, static_cast<int>(candidates.size()) + 1,
                    reason_for(told), ""};
    one.rank = rank_of_new(model_, asker.user, scores, candidates, one.id, static_cast<float>(one.score));
    one.sentence = sentence_for(told, one.reason, model_, names_);
    out.push_back(std::move(one));
  }
  return out;
}

std::vector<std::vector<NewItemTaker>> NewItems::takers(const data::Interactions& histories, int k) const {
  std::vector<std::vector<data::ItemId>> rows(static_cast<std::size_t>(histories.users));
  for (data::UserId user = 0; user < histories.users; ++user) {
    for (const auto item : histories.items_of(user)) {
      if (const auto row = model_.items().find(names_.items.id(item)))
        rows[static_cast<std::size_t>(user)].push_back(*row);
    }
  }
  std::vector<data::UserId> users(rows.size());
  std::iota(users.begin(), users.end(), 0);
  std::vector<std::vector<NewItemTaker>> out;
  for (std::size_t i = 0; i < items_.size(); ++i) {
    std::vector<float> scores;
    for (const auto& history : rows) scores.push_back(static_cast<float>(score(i, history)));
    TieHasher hasher(items_[i].id);
    const auto tie = [&](std::int32_t user) { return hasher(names_.users.id(user)); };
    out.emplace_back();
    for (const auto& best : math::top_k(scores, users, k, tie))
      out.back().push_back({names_.users.id(best.item), static_cast<double>(best.score)});
  }
  return out;
}

}  // namespace medley::engine

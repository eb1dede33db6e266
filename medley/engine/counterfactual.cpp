#include "medley/engine/counterfactual.h"

#include "medley/core/error.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace medley::engine {
namespace {

using Items = std::vector<data::ItemId>;

/// Ranks of one item as its list would be made from shorter histories.
class ReducedRanks {
 public:
  ReducedRanks(const TrainedModel& model, const Asker& asker, Items history, data::ItemId item,
               ThreadPool& pool)
      : model_(model), user_(asker.user), history_(std::move(history)), item_(item), pool_(pool) {
    candidates_ = candidates_without(model, history_, {}, {});
  }

  int without(const Items& left_out) const {
    Items rest;
    for (const auto one : history_) {
      if (std::find(left_out.begin(), left_out.end(), one) == left_out.end()) rest.push_back(one);
    }
    return rank_of(model_, user_, model_.score(user_, rest, pool_), candidates_, item_);
  }

 private:
  const TrainedModel& model_;
  const std::string& user_;
  Items history_;
  Items candidates_;
  data::ItemId item_;
  ThreadPool& pool_;
};

/// The items that speak for it, largest share first.
Items by_share(const TrainedModel& model, const Asker& asker, const Items& history, data::ItemId item) {
  auto parts = model.explains()->explain({asker.user, history}, item).by_history;
  std::erase_if(parts, [](const auto& part) { return part.second <= 0.0; });
  std::stable_sort(parts.begin(), parts.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  Items out;
  for (const auto& part : parts) out.push_back(part.first);
  return out;
}

/// The first of `shares` that together push the item out; empty where `most` do not.
Items found_greedily(const ReducedRanks& ranks, const Items& shares, int k, int most) {
  Items out;
  for (const auto one : shares) {
    if (static_cast<int>(out.size()) == most) break;
    out.push_back(one);
    if (ranks.without(out) > k) return out;
  }
  return {};
}

/// Puts back what is not needed, smallest share first.
void put_back(const ReducedRanks& ranks, Items& left_out, int k) {
  for (auto at = left_out.size(); at-- > 0 && left_out.size() > 1;) {
    auto fewer = left_out;
    fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(at));
    if (ranks.without(fewer) > k) left_out = std::move(fewer);
  }
}

/// `tried` is how many items were left out at most.
std::string sentence_of(const Counterfactual& found, const data::Dataset& names, std::size_t tried) {
  if (found.rank_before == 0) return "it is in the history itself, so it has no place in the list to lose";
  if (found.rank_before > found.k)
    return fmt::format("it is at rank {}, not among the first {}", found.rank_before, found.k);
  if (tried == 0)
    return fmt::format("it is at rank {} although nothing in the history speaks for it", found.rank_before);
  if (found.without.empty()) {
    return fmt::format(
        "it is at rank {}, and stays among the first {} also without the {} of the history "
        "that speak{} for it most",
        found.rank_before, found.k, tried == 1 ? "one item" : fmt::format("{} items", tried),
        tried == 1 ? "s" : "");
  }
  std::vector<std::string> titles;
  for (const auto& id : found.without) titles.push_back("'" + title_of(names, id) + "'");
  const auto last = titles.back();
  titles.pop_back();
  const auto joined = titles.empty() ? last : fmt::format("{} and {}", fmt::join(titles, ", "), last);
  return fmt::format("without {} it falls from rank {} to {}", joined, found.rank_before, found.rank_after);
}

}  // namespace

Counterfactual find_counterfactual(const TrainedModel& model, const data::Dataset& names, const Asker& asker,
                                   const std::string& item, int k, int most, ThreadPool& pool) {
  require(k >= 1, "k must be at least 1, got {}", k);
  require(most >= 1, "the number of items left out must be at least 1, got {}", most);
  const auto row = model.items().find(item);
  if (!row) fail(ErrorCode::not_found, "the model does not know the item '{}'", item);
  require(model.explains() != nullptr, "the scores of '{}' are no sums that could be taken apart",
          model.plugin());
  Counterfactual out;
  out.k = k;
  const auto history = model.rows_of(asker.history);
  std::size_t tried = 0;
  if (!std::binary_search(history.begin(), history.end(), *row)) {
    const ReducedRanks ranks(model, asker, history, *row, pool);
    out.rank_before = ranks.without({});
    if (out.rank_before <= k) {
      const auto shares = by_share(model, asker, history, *row);
      tried = std::min(shares.size(), static_cast<std::size_t>(most));
      auto left_out = found_greedily(ranks, shares, k, most);
      if (!left_out.empty()) {
        put_back(ranks, left_out, k);
        out.rank_after = ranks.without(left_out);
        for (const auto one : left_out) out.without.push_back(model.items().id(one));
      }
    }
  }
  out.sentence = sentence_of(out, names, tried);
  return out;
}

}  // namespace medley::engine

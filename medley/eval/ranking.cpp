#include "medley/eval/ranking.h"

#include "medley/core/error.h"
#include "medley/core/hash.h"
#include "medley/math/top_k.h"

#include <algorithm>
#include <functional>
#include <iterator>

namespace medley::eval {
namespace {

// Up to here one vectorised pass a held-out item is faster than a search a candidate.
constexpr std::size_t kMaxPasses = 16;

// How many scores stand above each of `marks` (rising, distinct).
std::vector<std::int32_t> count_above(std::span<const float> scores, std::span<const float> marks) {
  std::vector<std::int32_t> above(marks.size());
  if (marks.size() <= kMaxPasses) {
    for (std::size_t m = 0; m < marks.size(); ++m) {
      std::int32_t count = 0;
      for (const float score : scores) count += score > marks[m] ? 1 : 0;
      above[m] = count;
    }
    return above;
  }
  // beaten[b]: scores above exactly the first b marks; what is above mark m has beaten more than m.
  std::vector<std::int32_t> beaten(marks.size() + 1);
  for (const float score : scores)
    ++beaten[static_cast<std::size_t>(std::ranges::lower_bound(marks, score) - marks.begin())];
  std::int32_t count = 0;
  for (std::size_t m = marks.size(); m-- > 0;) {
    count += beaten[m + 1];
    above[m] = count;
  }
  return above;
}

struct Tie {
  std::uint64_t key;
  ItemId item;

  auto operator<=>(const Tie&) const = default;
};

// The order of the items that are open to a user; `scores[i]` belongs to `open[i]`.
class Places {
 public:
  Places(std::span<const ItemId> open, std::span<const float> scores,
         std::function<std::uint64_t(ItemId)> tie)
      : open_(open), scores_(scores), tie_(std::move(tie)) {}

  // Fills `ranks` and `beaten` of the result.
  void fill(UserResult& result, std::span<const float> all_scores) const {
    const auto& relevant = result.relevant;
    const auto score_of = [&](ItemId item) { return all_scores[static_cast<std::size_t>(item)]; };
    std::vector<float> held_out;
    for (const ItemId item : relevant) held_out.push_back(score_of(item));
    std::ranges::sort(held_out);
    auto marks = held_out;
    marks.erase(std::unique(marks.begin(), marks.end()), marks.end());
    const auto above = count_above(scores_, marks);

    result.ranks.resize(relevant.size());
    result.beaten.resize(relevant.size());
    for (std::size_t m = 0; m < marks.size(); ++m) {
      const auto run = equal_to(marks[m]);
      for (std::size_t i = 0; i < relevant.size(); ++i) {
        if (score_of(relevant[i]) != marks[m]) continue;
        result.ranks[i] = above[m] + 1 + before(run, relevant[i]);
        result.beaten[i] = beaten(marks[m], above[m], static_cast<std::int32_t>(run.size()), held_out);
      }
    }
  }

 private:
  // `above` and `equal` count open items, held-out ones among them; `held_out` are the scores of these,
  // rising.
  double beaten(float mark, std::int32_t above, std::int32_t equal, std::span<const float> held_out) const {
    const auto same = std::ranges::equal_range(held_out, mark);
    const auto unseen = static_cast<double>(open_.size() - held_out.size());
    if (unseen == 0) return 0.5;
    const auto unseen_above = static_cast<double>(above - (held_out.end() - same.end()));
    const auto unseen_equal = static_cast<double>(equal - std::ranges::ssize(same));
    return 1.0 - (unseen_above + unseen_equal / 2) / unseen;
  }

  // The items of one score, keyed when there are several.
  std::vector<Tie> equal_to(float mark) const {
    std::vector<Tie> run;
    for (std::size_t i = 0; i < open_.size(); ++i) {
      if (scores_[i] == mark) run.push_back({0, open_[i]});
    }
    if (run.size() < 2) return run;
    for (auto& one : run) one.key = tie_(one.item);
    return run;
  }

  std::int32_t before(std::span<const Tie> run, ItemId item) const {
    if (run.size() < 2) return 0;
    const Tie own{tie_(item), item};
    return static_cast<std::int32_t>(std::ranges::count_if(run, [&](const Tie& one) { return one < own; }));
  }

  std::span<const ItemId> open_;
  std::span<const float> scores_;
  std::function<std::uint64_t(ItemId)> tie_;
};

}  // namespace

std::vector<ItemId> relevant_among(const EvalUser& user, std::span<const ItemId> candidates) {
  std::vector<ItemId> out;
  for (const ItemId item : user.relevant) {
    if (std::ranges::binary_search(candidates, item)) out.push_back(item);
  }
  return out;
}

UserResult rank_user(const EvalUser& user, std::span<const float> scores, std::span<const ItemId> candidates,
                     int k, const data::IdMap& items) {
  for (const ItemId item : user.relevant) {
    require(!std::ranges::binary_search(user.masked, item),
            "item '{}' of user '{}' is both held out and known: train and test overlap", items.id(item),
            user.id);
  }
  std::vector<ItemId> open;
  open.reserve(candidates.size());
  std::ranges::set_difference(candidates, user.masked, std::back_inserter(open));
  std::vector<float> open_scores;
  open_scores.reserve(open.size());
  for (const ItemId item : open) open_scores.push_back(scores[static_cast<std::size_t>(item)]);

  TieHasher hasher(user.id);
  const auto tie = [&](ItemId item) { return hasher(items.id(item)); };
  UserResult out;
  out.user = user.user;
  for (const auto& scored : math::top_k(scores, open, k, tie)) out.ranked.push_back(scored.item);
  out.relevant = relevant_among(user, candidates);
  Places(open, open_scores, tie).fill(out, scores);
  return out;
}

}  // namespace medley::eval

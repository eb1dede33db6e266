#include "medley/engine/counterfactual.h"

#include "medley/engine/explainer.h"

#include "tests/engine/small_world.h"
#include <gmock/gmock.h>

#include <algorithm>

using namespace medley;
using namespace medley::engine::test;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

namespace {

class Counterfactual : public ::testing::Test {
 protected:
  engine::Counterfactual find(const engine::TrainedModel& model, const std::vector<std::string>& history,
                              const std::string& item, int k, int most = 5) {
    return engine::find_counterfactual(model, world_.dataset, {"u0", history}, item, k, most, pool_);
  }

  /// The rank of `item` as a list made from `history` without `without` shows it; those are no candidates.
  int listed_rank(const engine::TrainedModel& model, const std::vector<std::string>& history,
                  const std::vector<std::string>& without, const std::string& item) {
    std::vector<std::string> rest;
    for (const auto& id : history) {
      if (std::find(without.begin(), without.end(), id) == without.end()) rest.push_back(id);
    }
    const auto answer = engine::recommend(
        model, world_.dataset, {.user = "u0", .history = rest, .exclude = without, .k = 100}, pool_);
    for (std::size_t i = 0; i < answer.items.size(); ++i) {
      if (answer.items[i].id == item) return static_cast<int>(i) + 1;
    }
    return 0;
  }

  const data::TempFolder folder_;
  const World world_ = two_tastes();
  ThreadPool pool_{1};
};

TEST_F(Counterfactual, the_one_item_of_another_taste_is_what_it_hangs_on) {
  // Six items speak for the a's; b0 alone for the b's.
  const std::vector<std::string> history{"a0", "a1", "a2", "b0"};
  const auto model = trained(folder_, world_, "item_knn(k=20)");
  const auto list =
      engine::recommend(model, world_.dataset, {.user = "u0", .history = history, .k = 20}, pool_);
  const auto it = std::find_if(list.items.begin(), list.items.end(),
                               [](const auto& item) { return item.id.front() == 'b'; });
  ASSERT_NE(it, list.items.end());
  const auto rank = static_cast<int>(it - list.items.begin()) + 1;
  const auto found = find(model, history, it->id, rank);
  EXPECT_THAT(found.without, ElementsAre("b0"));
  EXPECT_EQ(found.rank_before, rank);
  EXPECT_GT(found.rank_after, rank);
  EXPECT_EQ(found.sentence, "without 'title of b0' it falls from rank " + std::to_string(rank) + " to " +
                                std::to_string(found.rank_after));
}

TEST_F(Counterfactual, its_ranks_are_those_of_lists_made_anew_and_no_item_of_it_is_needless) {
  const std::vector<std::string> history{"a0", "a1", "a2", "b0", "b1", "b4"};
  int sets = 0;
  for (const auto* spec : {"item_knn(k=20)", "ease(lambda=5)", "content", "content_ridge", "graph_filter"}) {
    const auto model = trained(folder_, world_, spec);
    for (const auto* item : {"a3", "a4", "a5", "b2", "b3", "b5"}) {
      const auto found = find(model, history, item, 4);
      EXPECT_EQ(found.rank_before, listed_rank(model, history, {}, item)) << spec << " " << item;
      if (found.without.empty()) continue;
      ++sets;
      EXPECT_LE(found.rank_before, 4);
      EXPECT_GT(found.rank_after, 4);
      EXPECT_EQ(found.rank_after, listed_rank(model, history, found.without, item)) << spec << " " << item;
      for (std::size_t i = 0; found.without.size() > 1 && i < found.without.size(); ++i) {
        auto fewer = found.without;
        fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
        EXPECT_LE(listed_rank(model, history, fewer, item), 4) << spec << " " << item;
      }
    }
  }
  EXPECT_GT(sets, 5);
}

TEST_F(Counterfactual, says_when_there_is_none) {
  const auto model = trained(folder_, world_, "item_knn(k=20)");
  const auto none = find(model, {"a0", "a1", "a2", "a3", "a4"}, "a5", 10, 1);
  EXPECT_THAT(none.without, IsEmpty());
  EXPECT_EQ(none.rank_after, 0);
  EXPECT_THAT(none.sentence, HasSubstr("stays among the first 10 also without the one item"));
  const auto far = find(model, {"a0"}, "b3", 2);
  EXPECT_THAT(far.without, IsEmpty());
  EXPECT_THAT(far.sentence, HasSubstr("not among the first 2"));
  const auto seen = find(model, {"a0", "a1"}, "a0", 5);
  EXPECT_EQ(seen.rank_before, 0);
  EXPECT_THAT(seen.sentence, HasSubstr("in the history itself"));
  EXPECT_THAT(find(model, {}, "a0", 22).sentence, HasSubstr("nothing in the history speaks for it"));
}

TEST_F(Counterfactual, refuses_unknown_items_and_models_that_do_not_explain) {
  const auto model = trained(folder_, world_, "item_knn");
  EXPECT_THAT(error_of([&] { find(model, {"a0"}, "zz", 5); }), HasSubstr("'zz'"));
  EXPECT_THAT(error_of([&] { find(model, {"a0"}, "a1", 0); }), HasSubstr("k must be"));
  const auto random = trained(folder_, world_, "random");
  EXPECT_THAT(error_of([&] { find(random, {"a0"}, "a1", 5); }), HasSubstr("'random'"));
}

}  // namespace

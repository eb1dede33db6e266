#include "../toy.h"

#include <cmath>

using namespace medley;
using namespace medley::models;

namespace {

// Items of the users: p {0, 1, 2}, q {0, 3}, r {1}, s {2, 3, 4, 5}; nobody has item 6.
std::unique_ptr<Recommender> user_knn(const ParamMap& params) {
  const auto data = toy::interactions(
      4, 7, {{0, 0}, {0, 1}, {0, 2}, {1, 0}, {1, 3}, {2, 1}, {3, 2}, {3, 3}, {3, 4}, {3, 5}});
  return toy::fitted("user_knn", data, params);
}

// Of the history {0, 1}: sim(p) = 2 / sqrt(2 * 3), sim(q) = 1 / sqrt(2 * 2), sim(s) = 0.
const double kToP = 2 / std::sqrt(6.0);
const double kToQ = 1 / std::sqrt(4.0);

TEST(UserKnn, sums_the_cosines_of_the_users_that_have_an_item) {
  toy::expect_near(toy::scores(*user_knn({}), 7, {0, 1}), {kToP + kToQ, kToP, kToP, kToQ, 0, 0, 0});
}

TEST(UserKnn, counts_only_the_k_nearest_users) {
  toy::expect_near(toy::scores(*user_knn({{"k", "1"}}), 7, {0, 1}), {kToP, kToP, kToP, 0, 0, 0, 0});
}

TEST(UserKnn, users_with_nothing_beyond_the_history_take_no_place_among_the_k) {
  // r {1} is nearer (cosine 1) than p, and has nothing to recommend to the history {1}.
  const double p = 1 / std::sqrt(3.0);
  toy::expect_near(toy::scores(*user_knn({{"k", "1"}}), 7, {1}), {p, p, p, 0, 0, 0, 0});
}

TEST(UserKnn, explains_a_score_by_the_items_shared_with_its_neighbours) {
  const auto model = user_knn({});
  const std::vector<ItemId> history = {0, 1, 2};
  // Item 3 comes from q, who shares 0, and s, who shares 2.
  const auto explained = dynamic_cast<const Explains&>(*model).explain({"u", history}, 3);
  ASSERT_EQ(explained.by_history.size(), 3u);
  EXPECT_NEAR(explained.by_history[0].second, 1 / std::sqrt(6.0), 1e-6);
  EXPECT_EQ(explained.by_history[1].second, 0.0);
  EXPECT_NEAR(explained.by_history[2].second, 1 / std::sqrt(12.0), 1e-6);
  EXPECT_NEAR(explained.score, 1 / std::sqrt(6.0) + 1 / std::sqrt(12.0), 1e-6);
}

TEST(UserKnn, an_empty_history_and_an_item_without_users_have_no_neighbours) {
  EXPECT_EQ(toy::scores(*user_knn({}), 7, {}), std::vector<float>(7, 0.0f));
  EXPECT_EQ(toy::scores(*user_knn({}), 7, {6}), std::vector<float>(7, 0.0f));
}

TEST(UserKnn, refuses_no_neighbours) {
  EXPECT_THROW(toy::make("user_knn", {{"k", "0"}}), Error);
}

}  // namespace

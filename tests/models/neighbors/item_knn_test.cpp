#include "../toy.h"

#include <algorithm>
#include <cmath>

using namespace medley;
using namespace medley::models;

namespace {

// Users of the items: a {0, 1, 2, 3}, b {0, 1}, c {0}, d {} : cos(a, b) = 2 / sqrt 8, cos(a, c) = 1 / 2,
// cos(b, c) = 1 / sqrt 2.
std::unique_ptr<Recommender> item_knn(const ParamMap& params) {
  const auto data = toy::interactions(4, 4, {{0, 0}, {1, 0}, {2, 0}, {3, 0}, {0, 1}, {1, 1}, {0, 2}});
  return toy::fitted("item_knn", data, params);
}

TEST(ItemKnn, sums_the_cosines_of_the_history) {
  const double r2 = std::sqrt(2.0);
  const auto model = item_knn({{"k", "2"}});
  toy::expect_near(toy::scores(*model, 4, {0}), {0, 1 / r2, .5, 0});
  toy::expect_near(toy::scores(*model, 4, {0, 1}), {1 / r2, 1 / r2, .5 + 1 / r2, 0});
}

TEST(ItemKnn, counts_only_the_k_nearest_of_the_target) {
  // The nearest of a is b, of b it is a or c (equal), of c it is b: nothing counts a as its nearest but b.
  const auto model = item_knn({{"k", "1"}});
  const auto from_a = toy::scores(*model, 4, {0});
  EXPECT_EQ(from_a[2], 0.0f);
  const auto from_b = toy::scores(*model, 4, {1});
  EXPECT_NEAR(from_b[0], 1 / std::sqrt(2.0), 1e-6);
  EXPECT_NEAR(from_b[2], 1 / std::sqrt(2.0), 1e-6);
  const auto to_b = from_a[1] + toy::scores(*model, 4, {2})[1];
  EXPECT_NEAR(to_b, 1 / std::sqrt(2.0), 1e-6);
}

TEST(ItemKnn, an_item_without_users_has_no_neighbours) {
  EXPECT_EQ(toy::scores(*item_knn({}), 4, {3}), (std::vector<float>{0, 0, 0, 0}));
}

TEST(ItemKnn, refuses_no_neighbours) {
  EXPECT_THROW(toy::make("item_knn", {{"k", "0"}}), Error);
}

}  // namespace

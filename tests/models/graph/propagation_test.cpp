#include "medley/models/graph/propagation.h"

#include "../toy.h"

using namespace medley;
using namespace medley::models;

namespace {

// User 0 has items 0 and 1, user 1 has item 1; item 2 has nobody.
data::Interactions small_graph() {
  return toy::interactions(2, 3, {{0, 0}, {0, 1}, {1, 1}});
}

TEST(Propagation, without_exponents_it_counts_common_users) {
  const auto rows = Propagation(small_graph(), 0, 0).rows_of_powers(1, 2);
  EXPECT_EQ(rows[0], (std::vector<double>{1, 2, 0}));
  EXPECT_EQ(rows[1], (std::vector<double>{3, 5, 0}));
}

TEST(Propagation, exponents_divide_by_the_counts_of_users_and_items) {
  // Rn = [1 / sqrt 2, 1 / 2; 0, 1 / sqrt 2].
  const auto rows = Propagation(small_graph(), .5, .5).rows_of_powers(0, 1);
  EXPECT_NEAR(rows[0][0], .5, 1e-7);
  EXPECT_NEAR(rows[0][1], 1 / (2 * std::sqrt(2.0)), 1e-7);
  EXPECT_EQ(rows[0][2], 0);
}

TEST(Propagation, a_step_applies_the_matrix_whatever_stands_beside_a_row) {
  const auto data = toy::random_interactions(30, 20, .2, 2);
  const Propagation graph(data, .5, .2);
  ThreadPool pool(2);
  math::Matrix current(20, 20), between(20, 30), next(20, 20);
  for (math::Index i = 0; i < 20; ++i) current(i, i) = 1;
  graph.step(current.view(), between.view(), next.view(), pool);
  for (ItemId item = 0; item < 20; ++item) {
    const auto wanted = graph.rows_of_powers(item, 1)[0];
    for (ItemId j = 0; j < 20; ++j) EXPECT_NEAR(next(item, j), wanted[static_cast<std::size_t>(j)], 1e-6);
    math::Matrix alone(1, 20), users(1, 30), out(1, 20);
    alone(0, item) = 1;
    graph.step(alone.view(), users.view(), out.view(), pool);
    for (ItemId j = 0; j < 20; ++j) EXPECT_EQ(out(0, j), next(item, j));
  }
}

}  // namespace

#include "tests/fusion/tables.h"

namespace medley::fusion::test {
namespace {

std::vector<TablePtr> uneven_pair() {
  return {table("a", {{2, 0}, {3, 4}}, {1, 1}), table("b", {{0, 5}, {0, 0}}, {1, 0})};
}

TEST(Weighted, is_the_mean_in_the_weights_given) {
  const auto weighted = fuse("weighted", {{"weights", "1+4"}}, uneven_pair());
  const auto mean = fuse("mean", {{"weights", "1+4"}}, uneven_pair());
  for (math::Index i = 0; i < 2; ++i) EXPECT_EQ(row(weighted, i), row(mean, i));
  EXPECT_NEAR(
      row(fuse("weighted", {{"weights", "1+4"}, {"align", "false"}, {"centre", "false"}}, uneven_pair()),
          0)[1],
      .8, 1e-6);
}

TEST(Weighted, refuses_to_guess_the_weights_of_several_features) {
  expect_refused("weighted", {}, uneven_pair(), "needs weights, one for each of 2 features");
  EXPECT_EQ(fuse("weighted", {}, {uneven_pair()[0]}).items(), 2);
}

TEST(Weighted, refuses_negative_and_all_zero_weights) {
  expect_refused("weighted", {{"weights", "1+-1"}}, uneven_pair(), "must be in [0, ");
  expect_refused("weighted", {{"weights", "0+0"}}, uneven_pair(), "'weights' are all 0");
}

}  // namespace
}  // namespace medley::fusion::test

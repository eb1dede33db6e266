#include "tests/fusion/tables.h"

#include <cmath>

namespace medley::fusion::test {
namespace {

using ::testing::DoubleNear;
using ::testing::SizeIs;

TEST(Concat, inner_product_is_the_weighted_mean_of_the_cosines) {
  const auto vectors = fuse("concat", {{"weights", "3+1"}, {"centre", "false"}}, shop());
  EXPECT_THAT(inner(vectors, 0, 1), DoubleNear(0.75 * 0.6 + 0.25 * 0.0, 1e-6));
  EXPECT_THAT(inner(vectors, 0, 0), DoubleNear(1.0, 1e-6));
}

TEST(Concat, weights_are_equal_unless_given) {
  const auto vectors = fuse("concat", {{"centre", "false"}}, shop());
  EXPECT_THAT(inner(vectors, 0, 1), DoubleNear(0.5 * 0.6, 1e-6));
}

TEST(Concat, an_absent_modality_counts_as_cosine_0) {
  const auto vectors = fuse("concat", {{"weights", "3+1"}, {"centre", "false"}}, shop());
  EXPECT_THAT(inner(vectors, 1, 2), DoubleNear(0.75 * 0.8, 1e-6));
  EXPECT_THAT(inner(vectors, 2, 2), DoubleNear(0.75, 1e-6));
  EXPECT_EQ(inner(vectors, 3, 0), 0.0);
}

TEST(Concat, renormalize_leaves_the_weight_to_those_present) {
  const auto vectors =
      fuse("concat", {{"weights", "3+1"}, {"centre", "false"}, {"missing", "renormalize"}}, shop());
  EXPECT_THAT(inner(vectors, 2, 2), DoubleNear(1.0, 1e-6));
  // Item 1 has both, item 2 the colour only: .75 * .8 / sqrt(1 * .75).
  EXPECT_THAT(inner(vectors, 1, 2), DoubleNear(0.75 * 0.8 / std::sqrt(0.75), 1e-6));
  EXPECT_THAT(inner(vectors, 0, 1), DoubleNear(0.75 * 0.6, 1e-6));
  EXPECT_EQ(inner(vectors, 3, 3), 0.0);
}

TEST(Concat, centring_takes_the_mean_of_the_present_rows_away) {
  // The mean of the two present rows is (2, 2): the rows are (2, -2) and (-2, 2), the cosine -1.
  const auto vectors = fuse("concat", {}, {table("color", {{4, 0}, {0, 4}, {0, 0}}, {1, 1, 0})});
  EXPECT_THAT(inner(vectors, 0, 1), DoubleNear(-1.0, 1e-6));
  EXPECT_EQ(inner(vectors, 2, 2), 0.0);
}

TEST(Concat, a_weight_of_0_leaves_the_feature_out) {
  const auto vectors = fuse("concat", {{"weights", "0+2"}}, shop());
  ASSERT_THAT(vectors.blocks, SizeIs(1));
  EXPECT_EQ(vectors.blocks[0].name, "words");
}

TEST(Concat, refuses_what_cannot_be_joined) {
  expect_refused("concat", {{"weights", "1"}}, shop(), "'weights' has 1 numbers for 2 features");
  expect_refused("concat", {{"weights", "0+0"}}, shop(), "'weights' are all 0");
  expect_refused("concat", {{"weights", "1+-1"}}, shop(), "must be in [0, ");
  expect_refused("concat", {{"missing", "nonsense"}}, shop(), "missing");
  expect_refused("concat", {}, {}, "nothing to fuse");
  expect_refused("concat", {}, {shop()[0], table("year", {{1}}, {1})},
                 "'year' has 1 items and 'color' has 4");
}

}  // namespace
}  // namespace medley::fusion::test

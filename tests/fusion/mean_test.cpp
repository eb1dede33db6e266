#include "tests/fusion/tables.h"

#include <cmath>

namespace medley::fusion::test {
namespace {

using ::testing::ElementsAre;
using ::testing::FloatNear;

// Unit rows: a (1, 0), (.6, .8), -; b (0, 1), -, (0, 1).
std::vector<TablePtr> pair() {
  return {table("a", {{2, 0}, {3, 4}, {0, 0}}, {1, 1, 0}), table("b", {{0, 5}, {0, 0}, {0, 2}}, {1, 0, 1})};
}

std::vector<float> mean_of(math::Index item, ParamMap params) {
  params.insert({{"centre", "false"}, {"align", "false"}});
  return row(fuse("mean", params, pair()), item);
}

auto near(float x, float y) {
  return ElementsAre(FloatNear(x, 1e-6f), FloatNear(y, 1e-6f));
}

TEST(Mean, is_the_average_of_the_unit_rows_by_hand) {
  EXPECT_THAT(mean_of(0, {}), near(.5f, .5f));
  EXPECT_THAT(mean_of(0, {{"weights", "3+1"}}), near(.75f, .25f));
}

TEST(Mean, counts_an_absent_modality_as_zeros_or_gives_its_weight_away) {
  EXPECT_THAT(mean_of(1, {}), near(.3f, .4f));
  EXPECT_THAT(mean_of(1, {{"missing", "renormalize"}}), near(.6f, .8f));
  EXPECT_THAT(mean_of(2, {{"weights", "3+1"}}), near(0, .25f));
  EXPECT_THAT(mean_of(2, {{"missing", "mean"}}), near(.4f, .2f + .5f))
      << "half of the mean (.8, .4) and of (0, 1)";
}

TEST(Mean, turns_each_onto_the_first) {
  // b is a turned by a quarter, so that turned back the average is a itself.
  const auto a = table("a", {{1, 0}, {.6f, .8f}, {0, -1}}, {1, 1, 1});
  const auto b = table("b", {{0, 1}, {-.8f, .6f}, {1, 0}}, {1, 1, 1});
  const auto vectors = fuse("mean", {{"centre", "false"}}, {a, b});
  EXPECT_THAT(row(vectors, 0), near(1, 0));
  EXPECT_THAT(row(vectors, 1), near(.6f, .8f));
}

TEST(Mean, gives_one_block_named_after_its_features) {
  const auto vectors = fuse("mean", {}, pair());
  ASSERT_EQ(vectors.blocks.size(), 1u);
  EXPECT_EQ(vectors.blocks[0].name, "a+b");
}

TEST(Mean, refuses_unequal_lengths_unless_dim_makes_them_equal) {
  expect_refused("mean", {}, shop(),
                 "'color' has 2 columns and 'words' has 3: an average takes equal lengths");
  EXPECT_EQ(row(fuse("mean", {{"dim", "2"}}, shop()), 0).size(), 2u);
  expect_refused("mean", {{"dim", "3"}}, shop(), "'color' has 2 columns, fewer than dim=3");
  EXPECT_EQ(row(fuse("mean", {{"weights", "0+1"}}, shop()), 0).size(), 3u) << "one feature has one length";
}

TEST(Mean, refuses_what_cannot_be_joined) {
  expect_refused("mean", {}, {}, "nothing to fuse");
  expect_refused("mean", {{"weights", "0+0"}}, pair(), "'weights' are all 0");
  expect_refused("mean", {{"weights", "1+-1"}}, pair(), "must be in [0, ");
}

}  // namespace
}  // namespace medley::fusion::test

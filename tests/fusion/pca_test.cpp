#include "tests/fusion/tables.h"

namespace medley::fusion::test {
namespace {

// Unit rows side by side, each half weighted: (1, 0 | 1, 0) / sqrt 2 twice, and once (0, 1 | 0, 1) / sqrt 2.
// The first direction is that of the pair, the second that of the one; lengths stay 1.
TEST(Pca, finds_the_directions_of_the_joined_rows_by_hand) {
  const auto t = [](const char* name) { return table(name, {{1, 0}, {3, 0}, {0, 2}}, {1, 1, 1}); };
  const auto vectors = fuse("pca", {{"centre", "false"}, {"dim", "2"}}, {t("a"), t("b")});
  ASSERT_EQ(vectors.blocks.size(), 1u);
  EXPECT_EQ(vectors.blocks[0].name, "a+b");
  EXPECT_NEAR(row(vectors, 0)[0], 1, 1e-5);
  EXPECT_NEAR(row(vectors, 0)[1], 0, 1e-5);
  EXPECT_NEAR(row(vectors, 2)[0], 0, 1e-5);
  EXPECT_NEAR(row(vectors, 2)[1], 1, 1e-5);
}

TEST(Pca, in_all_directions_has_the_inner_products_of_concat) {
  for (const auto* missing : {"zero", "renormalize", "mean", "learned"}) {
    const ParamMap params{{"weights", "3+1"}, {"missing", missing}};
    const auto pca = fuse("pca", params, shop()), concat = fuse("concat", params, shop());
    for (math::Index i = 0; i < 4; ++i)
      for (math::Index j = 0; j < 4; ++j) EXPECT_NEAR(inner(pca, i, j), inner(concat, i, j), 1e-5) << missing;
  }
}

TEST(Pca, of_one_direction_keeps_what_most_items_share) {
  const auto vectors =
      fuse("pca", {{"centre", "false"}, {"dim", "1"}}, {table("a", {{1, 0}, {1, 0}, {0, 1}}, {1, 1, 1})});
  EXPECT_NEAR(inner(vectors, 0, 1), 1, 1e-5);
  EXPECT_NEAR(inner(vectors, 2, 2), 0, 1e-5);
}

TEST(Pca, refuses_no_direction_and_weights_of_nothing) {
  expect_refused("pca", {{"dim", "0"}}, shop(), "must be in [1, ");
  expect_refused("pca", {{"weights", "0+0"}}, shop(), "'weights' are all 0");
}

}  // namespace
}  // namespace medley::fusion::test

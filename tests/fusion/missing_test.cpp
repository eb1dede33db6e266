#include "medley/fusion/missing.h"

#include "tests/fusion/tables.h"

namespace medley::fusion::test {
namespace {

using ::testing::ElementsAre;

// Item 2 lacks words. By colour it is like item 0 and unlike item 1.
Blocks shelves() {
  return {unit_block(table("color", {{1, 0}, {0, 1}, {1, 0}}, {1, 1, 1}), false),
          unit_block(table("words", {{0, 2}, {2, 0}, {0, 0}}, {1, 1, 0}), false)};
}

std::vector<float> words_of_item_2(const std::string& missing) {
  QuietServices services(1);
  auto blocks = shelves();
  MissingParams params;
  params.missing = missing;
  fill_missing(blocks, params, services);
  EXPECT_THAT(math::row_of(blocks[1].rows(), 0), ElementsAre(0, 1)) << "a row that is there stays";
  EXPECT_EQ(blocks[1].name, "words");
  return math::row_of(blocks[1].rows(), 2);
}

TEST(FillMissing, leaves_zeros_or_gives_the_mean_or_the_rows_of_items_near) {
  EXPECT_THAT(words_of_item_2("zero"), ElementsAre(0, 0));
  EXPECT_THAT(words_of_item_2("renormalize"), ElementsAre(0, 0));
  EXPECT_THAT(words_of_item_2("mean"), ElementsAre(.5f, .5f));
  EXPECT_THAT(words_of_item_2("propagate"), ElementsAre(0, 1));
}

// Z = [x1 x2 1] for items (1, 0), (0, 1): the guess for (1, 0) is (.125, .5) with ridge 1:
// (Z'Z + I) = [[2 0 1], [0 2 1], [1 1 3]]; for the target (0, 1) of words 2: Z't = (1, 0, 1), W = (3/8, -1/8,
// 1/4), the guess 5/8; words 1: Z't = (0, 1, 1), W = (-1/8, 3/8, 1/4), the guess 1/8.
TEST(FillMissing, learns_a_row_from_the_other_modalities) {
  const auto learned = words_of_item_2("learned");
  EXPECT_NEAR(learned[0], 1.0 / 8, 1e-6);
  EXPECT_NEAR(learned[1], 5.0 / 8, 1e-6);
}

TEST(FillMissing, keeps_a_block_that_nobody_or_everybody_has) {
  QuietServices services(1);
  MissingParams params;
  params.missing = "mean";
  Blocks blocks{unit_block(table("color", {{1, 0}, {0, 1}}, {1, 1}), false),
                unit_block(table("words", {{0, 0}, {0, 0}}, {0, 0}), false)};
  const auto* first = blocks[0].table.get();
  fill_missing(blocks, params, services);
  EXPECT_EQ(blocks[0].table.get(), first);
  EXPECT_FALSE(has_row(blocks[1], 0));
}

}  // namespace
}  // namespace medley::fusion::test

#include "medley/fusion/weights.h"

#include "medley/core/error.h"
#include "medley/fusion/blocks.h"

#include "tests/fusion/tables.h"

namespace medley::fusion::test {
namespace {

using ::testing::ElementsAre;

TEST(Weights, sum_to_1_and_are_equal_unless_given) {
  EXPECT_THAT(normalized_weights({1, 3}, 2), ElementsAre(0.25, 0.75));
  EXPECT_THAT(normalized_weights({0, 2}, 2), ElementsAre(0, 1));
  EXPECT_THAT(normalized_weights({}, 4), ElementsAre(.25, .25, .25, .25));
}

TEST(Weights, that_are_negative_all_zero_or_of_another_number_are_refused) {
  EXPECT_THROW(normalized_weights({1, -1}, 2), Error);
  EXPECT_THROW(normalized_weights({0, 0}, 2), Error);
  EXPECT_THROW(normalized_weights({1}, 2), Error);
}

TEST(Weights, of_what_is_absent_go_to_what_is_present) {
  std::vector<Block> blocks;
  for (const auto& each : shop()) blocks.push_back(unit_block(each, false));
  EXPECT_THAT(present_weights(blocks, {.75, .25}), ElementsAre(1, 1, .75, 0));
  auto plain = blocks;
  weigh_blocks(plain, {.75, .25}, false);
  EXPECT_NEAR(math::inner_product(plain[0].rows(), 2, 2), .75, 1e-6);
  weigh_blocks(blocks, {.75, .25}, true);
  EXPECT_NEAR(math::inner_product(blocks[0].rows(), 2, 2), 1, 1e-6);
  EXPECT_NEAR(math::inner_product(blocks[0].rows(), 0, 0), .75, 1e-6);
  EXPECT_EQ(blocks[0].centering.scale[3], 0);
}

}  // namespace
}  // namespace medley::fusion::test

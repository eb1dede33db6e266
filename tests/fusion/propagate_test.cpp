#include "medley/fusion/propagate.h"

#include "tests/fusion/tables.h"

namespace medley::fusion::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// By words item 3 is near 0 (1), then 1 (.8), and not 2 (0); item 4 is unlike all. Both lack colour.
Blocks gaps_in_one() {
  return {
      unit_block(table("color", {{1, 0}, {0, 1}, {1, 1}, {0, 0}, {0, 0}}, {1, 1, 1, 0, 0}), false),
      unit_block(table("words", {{1, 0, 0}, {.8f, .6f, 0}, {0, 1, 0}, {2, 0, 0}, {0, 0, 1}}, {1, 1, 1, 1, 1}),
                 false)};
}

TEST(NearestByOthers, are_the_items_whose_other_modalities_are_like) {
  QuietServices services(1);
  const auto near = nearest_by_others(gaps_in_one(), 0, 5, services);
  EXPECT_THAT(near[0], IsEmpty()) << "it has the block";
  EXPECT_THAT(near[3], ElementsAre(0, 1));
  EXPECT_THAT(near[4], IsEmpty());
  EXPECT_THAT(nearest_by_others(gaps_in_one(), 0, 1, services)[3], ElementsAre(0));
}

TEST(Propagate, gives_the_mean_of_the_neighbours_that_have_a_row) {
  math::Matrix rows(3, 2);
  rows(0, 0) = 1;
  rows(1, 1) = 1;
  propagate(rows, {{}, {}, {0, 1}}, {true, true, false}, 1);
  EXPECT_THAT(rows.row(2), ElementsAre(.5f, .5f));
}

// 1 hears of 0 in the first hop, 2 of 1 in the second, 3 of nobody.
TEST(Propagate, reaches_a_hop_further_each_time) {
  const std::vector<std::vector<std::int32_t>> neighbors{{}, {0}, {1}, {}};
  const std::vector<bool> there{true, false, false, false};
  for (const int hops : {1, 2}) {
    math::Matrix rows(4, 1);
    rows(0, 0) = 8;
    propagate(rows, neighbors, there, hops);
    EXPECT_EQ(rows(0, 0), 8);
    EXPECT_EQ(rows(1, 0), 8);
    EXPECT_EQ(rows(2, 0), hops == 1 ? 0 : 8);
    EXPECT_EQ(rows(3, 0), 0);
  }
}

TEST(Propagate, leaves_given_rows_as_they_are) {
  math::Matrix rows(2, 1);
  rows(0, 0) = 3;
  rows(1, 0) = 5;
  propagate(rows, {{1}, {0}}, {true, true}, 4);
  EXPECT_EQ(rows(0, 0), 3);
  EXPECT_EQ(rows(1, 0), 5);
}

}  // namespace
}  // namespace medley::fusion::test

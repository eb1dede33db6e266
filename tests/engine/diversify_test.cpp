#include "medley/engine/diversify.h"

#include "tests/engine/small_world.h"
#include <gmock/gmock.h>

using namespace medley;
using namespace medley::engine::test;
using engine::diversify;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

namespace {

/// Candidates 0 and 1 are alike (.9), 2 stands apart (.1 to both), 3 is the opposite of 0 (-.5).
double likeness(std::size_t a, std::size_t b) {
  constexpr double kTable[4][4] = {{1, .9, .1, -.5}, {.9, 1, .1, .2}, {.1, .1, 1, .3}, {-.5, .2, .3, 1}};
  return kTable[a][b];
}

TEST(Diversify, by_hand) {
  // Relevance 10, 9, 6, 5 is 1, .8, .2, 0 when scaled. D = .3: after 0 there is
  //   1: .7 * .8 - .3 * .9 = .29,   2: .7 * .2 - .3 * .1 = .11,   3: 0 - .3 * 0 = 0
  const std::vector<double> relevance{10, 9, 6, 5};
  EXPECT_THAT(diversify(relevance, 0.3, 4, likeness), ElementsAre(0, 1, 2, 3));
  // D = .5: 1: .4 - .45 = -.05, 2: .1 - .05 = .05, 3: 0. Then, beside 0 and 2: 1: -.05, 3: 0 - .15 = -.15.
  EXPECT_THAT(diversify(relevance, 0.5, 4, likeness), ElementsAre(0, 2, 1, 3));
  // D = 1: 0, then what is opposed to it counts as 0 and not as less: 3 before 2.
  EXPECT_THAT(diversify(relevance, 1.0, 2, likeness), ElementsAre(0, 3));
}

TEST(Diversify, of_zero_keeps_the_order_and_equal_relevance_counts_as_one) {
  const std::vector<double> relevance{3, 3, 2, 1}, equal{2, 2, 2, 2};
  EXPECT_THAT(diversify(relevance, 0.0, 4, likeness), ElementsAre(0, 1, 2, 3));
  EXPECT_THAT(diversify(equal, 0.0, 3, likeness), ElementsAre(0, 1, 2));
  EXPECT_THAT(diversify(equal, 0.3, 3, likeness), ElementsAre(0, 3, 2));
}

TEST(Diversify, of_few_candidates_gives_them_all_and_of_none_nothing) {
  const std::vector<double> one{1};
  EXPECT_THAT(diversify(one, 0.5, 10, likeness), ElementsAre(0));
  EXPECT_THAT(diversify({}, 0.5, 10, likeness), IsEmpty());
  EXPECT_THAT(error_of([&] { diversify(one, 1.5, 1, likeness); }), HasSubstr("diversity must be in [0, 1]"));
}

TEST(Diversify, looks_at_ten_times_as_many_within_its_limits) {
  EXPECT_EQ(engine::diversity_pool(1), 100);
  EXPECT_EQ(engine::diversity_pool(50), 500);
  EXPECT_EQ(engine::diversity_pool(1000), 5000);
}

TEST(ItemCosines, are_the_mean_over_the_features_that_both_have) {
  const engine::Tables tables{dense_table("color", "image", {{1, 0}, {1, 0}, {0, 1}, {}, {}}),
                              dense_table("words", "text", {{1, 0}, {0, 1}, {1, 0}, {1, 0}, {}})};
  const engine::ItemCosines cosine(tables);
  const auto color = data::unit_rows(*tables[0]);
  const auto words = data::unit_rows(*tables[1]);
  const double by_color = math::inner_product(color.rows, 0, 1),
               by_words = math::inner_product(words.rows, 0, 1);
  EXPECT_NEAR(by_color, 1.0, 1e-6);
  EXPECT_NEAR(by_words, -1.0, 1e-6);
  EXPECT_NEAR(cosine(0, 1), 0.0, 1e-6);
  EXPECT_NEAR(cosine(0, 3), 1.0, 1e-6) << "only words are shared";
  EXPECT_EQ(cosine(0, 4), 0.0) << "nothing is shared";
}

}  // namespace

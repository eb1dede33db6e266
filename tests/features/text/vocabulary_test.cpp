#include "medley/features/text/vocabulary.h"

#include "tests/features/items.h"
#include <gmock/gmock.h>

#include <cmath>

namespace medley::features::testing {
namespace {

using ::testing::ElementsAre;

TEST(Vocabulary, weights_by_hand) {
  Items items;
  items.add({"red red shirt"}).add({"shirt"});
  Vocabulary vocabulary({});
  QuietServices services(1);
  vocabulary.fit(items.all(), services);
  EXPECT_THAT(vocabulary.terms(), ElementsAre("red", "shirt"));
  // idf: ln(3/2) + 1 for red, 1 for shirt; red occurs twice.
  const double red = 2 * (std::log(1.5) + 1), length = std::sqrt(red * red + 1);
  const auto values = row(vocabulary.transform(items.all(), services), 0);
  EXPECT_NEAR(values[0], red / length, 1e-7);
  EXPECT_NEAR(values[1], 1 / length, 1e-7);
}

TEST(Vocabulary, is_the_same_whatever_the_number_of_threads) {
  Items items;
  for (int i = 0; i < 1000; ++i)
    items.add({"word" + std::to_string(i % 37) + " item" + std::to_string(i % 11)});
  Vocabulary one({}), three({});
  QuietServices single(1), several(3);
  one.fit(items.all(), single);
  three.fit(items.all(), several);
  EXPECT_EQ(one.terms(), three.terms());
  EXPECT_EQ(std::get<math::Csr>(one.transform(items.all(), single).rows).values,
            std::get<math::Csr>(three.transform(items.all(), several).rows).values);
}

TEST(Vocabulary, a_second_fit_replaces_the_first) {
  Items first, second;
  first.add({"red"});
  second.add({"blue"});
  Vocabulary vocabulary({});
  QuietServices services(1);
  vocabulary.fit(first.all(), services);
  vocabulary.fit(second.all(), services);
  EXPECT_THAT(vocabulary.terms(), ElementsAre("blue"));
}

}  // namespace
}  // namespace medley::features::testing

#include "tests/features/items.h"
#include <gmock/gmock.h>

#include <cmath>

namespace medley::features::test {
namespace {

using ::testing::ElementsAre;
using ::testing::FloatEq;

Items films() {
  Items items;
  items.add({}, {{"Drama", "Comedy"}, {"A"}})
      .add({}, {{"Drama", "Drama"}, {}})
      .add({}, {{"(no genres listed)"}, {}})
      .add({}, {{}, {"Drama"}});
  return items;
}

TEST(Categories, one_column_a_value_of_each_field_with_its_idf) {
  const auto items = films();
  const auto extractor = fitted("categories", items);
  EXPECT_THAT(extractor->columns(), ElementsAre("Comedy", "Drama", "A", "Drama"));
  const auto vectors = transform(*extractor, items.all());
  const auto once = static_cast<float>(std::log(5.0 / 2) + 1),
             twice = static_cast<float>(std::log(5.0 / 3) + 1);
  EXPECT_THAT(row(vectors, 0), ElementsAre(FloatEq(once), FloatEq(twice), FloatEq(once), 0));
  EXPECT_THAT(row(vectors, 1), ElementsAre(0, FloatEq(twice), 0, 0));
  EXPECT_THAT(row(vectors, 3), ElementsAre(0, 0, 0, FloatEq(once)));
}

TEST(Categories, the_marker_for_none_is_no_category) {
  const auto items = films();
  const auto vectors = transform(*fitted("categories", items), items.all());
  EXPECT_THAT(vectors.present, ElementsAre(1, 1, 0, 1));
  EXPECT_EQ(vectors.notes[2], "");
}

TEST(Categories, without_idf_every_value_is_1) {
  const auto items = films();
  const auto vectors = transform(*fitted("categories", items, {{"idf", "false"}}), items.all());
  EXPECT_THAT(row(vectors, 0), ElementsAre(1, 1, 1, 0));
}

TEST(Categories, an_unknown_value_of_a_new_item_is_left_out) {
  const auto extractor = fitted("categories", films());
  Items fresh;
  fresh.add({}, {{"Drama", "Western"}}).add({}, {{"Western"}}).add({}, {{}, {}, {"A"}});
  const auto vectors = transform(*extractor, fresh.all());
  EXPECT_THAT(vectors.present, ElementsAre(1, 0, 0));
  EXPECT_EQ(vectors.notes[1], "no known category");
}

TEST(Categories, refuses_an_unknown_parameter) {
  EXPECT_THROW(make("categories", {{"tfidf", "true"}}), Error);
}

}  // namespace
}  // namespace medley::features::test

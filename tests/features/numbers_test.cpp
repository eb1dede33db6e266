#include "tests/features/items.h"
#include <gmock/gmock.h>

#include <cmath>

namespace medley::features::test {
namespace {

using ::testing::ElementsAre;
using ::testing::FloatNear;
using ::testing::HasSubstr;

constexpr double kNoNumber = std::numeric_limits<double>::quiet_NaN();

TEST(Numbers, a_year_in_bins_of_five) {
  Items items;
  items.add({}, {}, {1995}).add({}, {}, {1997}).add({}, {}, {kNoNumber});
  const auto extractor = fitted("numbers", items, {{"low", "1920"}, {"high", "2020"}, {"step", "5"}});
  EXPECT_EQ(extractor->dim(), 21);
  EXPECT_EQ(extractor->columns()[15], "about 1995");
  const auto vectors = transform(*extractor, items.all());
  EXPECT_THAT(vectors.present, ElementsAre(1, 1, 0));
  const auto year = row(vectors, 0);
  EXPECT_FLOAT_EQ(year[15], 1.0f);
  EXPECT_NEAR(year[16], std::exp(-0.5), 1e-7);
  EXPECT_NEAR(year[13], std::exp(-2.0), 1e-7);
  EXPECT_NEAR(row(vectors, 1)[15], std::exp(-0.5 * 0.4 * 0.4), 1e-7);
}

TEST(Numbers, centres_are_fitted_to_most_of_the_values) {
  Items items;
  for (int i = 0; i <= 200; ++i) items.add({}, {}, {static_cast<double>(i)});
  const auto extractor = fitted("numbers", items);
  EXPECT_EQ(extractor->dim(), 21);
  EXPECT_EQ(extractor->columns().front(), "about 2");
  EXPECT_EQ(extractor->columns().back(), "about 198");
}

TEST(Numbers, outside_of_a_fitted_range_a_number_counts_as_its_end) {
  Items items, fresh;
  for (int i = 0; i <= 200; ++i) items.add({}, {}, {static_cast<double>(i)});
  fresh.add({}, {}, {1e9}).add({}, {}, {198}).add({}, {}, {-1e300});
  const auto vectors = transform(*fitted("numbers", items), fresh.all());
  EXPECT_EQ(row(vectors, 0), row(vectors, 1));
  EXPECT_FLOAT_EQ(row(vectors, 2)[0], 1.0f);
}

TEST(Numbers, fields_stand_side_by_side_and_an_absent_one_is_zero) {
  Items items;
  items.add({}, {}, {1, kNoNumber}).add({}, {}, {0, 1}).add({}, {}, {kNoNumber, kNoNumber});
  const auto extractor = fitted("numbers", items, {{"low", "0"}, {"high", "1"}, {"step", "1"}});
  EXPECT_EQ(extractor->dim(), 4);
  const auto vectors = transform(*extractor, items.all());
  const auto e = FloatNear(static_cast<float>(std::exp(-0.5)), 1e-7f);
  EXPECT_THAT(row(vectors, 0), ElementsAre(e, 1, 0, 0));
  EXPECT_THAT(row(vectors, 1), ElementsAre(1, e, e, 1));
  EXPECT_THAT(vectors.present, ElementsAre(1, 1, 0));
}

TEST(Numbers, equal_values_share_one_centre_and_extreme_ones_stay_finite) {
  Items same, extreme;
  same.add({}, {}, {7}).add({}, {}, {7});
  EXPECT_EQ(fitted("numbers", same)->dim(), 1);
  extreme.add({}, {}, {-1.7e308})
      .add({}, {}, {1.7e308})
      .add({}, {}, {std::numeric_limits<double>::infinity()});
  const auto vectors = transform(*fitted("numbers", extreme), extreme.all());
  EXPECT_THAT(vectors.present, ElementsAre(1, 1, 0));
  EXPECT_THAT(vectors.notes[2], HasSubstr("infinite"));
  for (math::Index i = 0; i < 2; ++i)
    for (const float value : row(vectors, i)) EXPECT_TRUE(std::isfinite(value));
}

TEST(Numbers, tenths_reach_their_last_centre) {
  Items items;
  items.add({}, {}, {0.5});
  EXPECT_EQ(fitted("numbers", items, {{"low", "0"}, {"high", "1"}, {"step", "0.1"}})->dim(), 11);
}

TEST(Numbers, refuses_a_range_that_is_none) {
  EXPECT_THROW(make("numbers", {{"low", "5"}, {"high", "1"}}), Error);
  EXPECT_THROW(make("numbers", {{"step", "5"}}), Error);
  EXPECT_THROW(make("numbers", {{"low", "0"}, {"high", "1e9"}, {"step", "1"}}), Error);
}

}  // namespace
}  // namespace medley::features::test

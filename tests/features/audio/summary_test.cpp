#include "medley/features/audio/summary.h"

#include <gmock/gmock.h>

#include <cmath>

namespace medley::features {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::FloatNear;

TEST(Summary, is_mean_and_deviation_of_values_and_of_their_changes) {
  // Value 0: 1, 3, 0, mean 4/3; changes 2 and 3. Value 1 does not move.
  math::Matrix values(3, 2);
  values(0, 0) = 1, values(1, 0) = 3, values(2, 0) = 0;
  for (math::Index i = 0; i < 3; ++i) values(i, 1) = 7;
  std::vector<float> out(8, -1.0f);
  summarize(values.view(), out);
  const auto near = [](double x) { return FloatNear(static_cast<float>(x), 1e-6f); };
  EXPECT_THAT(out, ElementsAre(near(4.0 / 3), near(std::sqrt(14.0) / 3), near(2.5), near(0.5), near(7),
                               near(0), near(0), near(0)));
}

TEST(Summary, of_one_frame_and_of_none_has_no_changes) {
  math::Matrix one(1, 1), none(0, 1);
  one(0, 0) = 5;
  std::vector<float> out(4, -1.0f);
  summarize(one.view(), out);
  EXPECT_THAT(out, ElementsAre(5, 0, 0, 0));
  summarize(none.view(), out);
  EXPECT_THAT(out, Each(0));
}

TEST(Summary, names_its_columns) {
  EXPECT_THAT(summary_columns({"a", "b"}),
              ElementsAre("a mean", "a deviation", "a change mean", "a change deviation", "b mean",
                          "b deviation", "b change mean", "b change deviation"));
}

}  // namespace
}  // namespace medley::features

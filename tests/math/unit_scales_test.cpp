#include "medley/math/unit_scales.h"

#include "medley/core/error.h"

#include "tests/math/matrices.h"
#include <gmock/gmock.h>

namespace medley::math {
namespace {

using ::testing::ElementsAre;

/// Rows (3, 4), (1, 1) and (1, 2).
Matrix rows() {
  Matrix x(3, 2);
  x(0, 0) = 3, x(0, 1) = 4, x(1, 0) = 1, x(1, 1) = 1, x(2, 0) = 1, x(2, 1) = 2;
  return x;
}

TEST(UnitScales, are_one_over_the_distance_from_the_mean) {
  // Around (1, 1): (2, 3) of length sqrt 13, nothing, and (0, 1).
  const std::vector<float> mean{1, 1};
  const auto x = rows();
  EXPECT_THAT(unit_scales(x.view(), {}, mean),
              ElementsAre(::testing::FloatNear(0.2773501f, 1e-6f), 0.0f, ::testing::FloatNear(1.0f, 1e-6f)));
  EXPECT_THAT(unit_scales(test::to_csr(x).view(), {}, mean),
              ElementsAre(::testing::FloatNear(0.2773501f, 1e-6f), 0.0f, ::testing::FloatNear(1.0f, 1e-6f)));
}

TEST(UnitScales, without_a_mean_are_one_over_the_length_and_of_absent_rows_0) {
  const std::vector<std::uint8_t> present{1, 0, 0};
  const auto x = rows();
  EXPECT_THAT(unit_scales(x.view(), present, {}), ElementsAre(::testing::FloatNear(0.2f, 1e-7f), 0.0f, 0.0f));
  EXPECT_THAT(unit_scales(test::to_csr(x).view(), present, {}),
              ElementsAre(::testing::FloatNear(0.2f, 1e-7f), 0.0f, 0.0f));
}

TEST(UnitScales, around_the_rows_own_mean_are_those_of_unit_rows) {
  const auto x = rows();
  const auto of_all = unit_rows(std::as_const(x).view(), {});
  EXPECT_EQ(unit_scales(x.view(), {}, of_all.mean), of_all.scale);
}

TEST(UnitScales, refuse_a_mean_or_a_mask_of_another_length) {
  const auto x = rows();
  const std::vector<float> mean{1, 1, 1};
  EXPECT_THROW((void)unit_scales(x.view(), {}, mean), Error);
  EXPECT_THROW((void)unit_scales(x.view(), std::vector<std::uint8_t>{1}, {}), Error);
}

}  // namespace
}  // namespace medley::math

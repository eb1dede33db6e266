#include "medley/fusion/average.h"

#include "tests/fusion/tables.h"

namespace medley::fusion::test {
namespace {

// `mean` and `weighted` test the arithmetic; here is what their parameters are.
TEST(Average, of_one_feature_is_its_unit_rows) {
  QuietServices services(1);
  AverageParams params;
  params.centre = false;
  const auto vectors = average(std::vector{shop()[0]}, params, services);
  EXPECT_NEAR(inner(vectors, 0, 1), .6, 1e-6);
  EXPECT_EQ(inner(vectors, 3, 3), 0);
}

TEST(Average, with_dim_keeps_the_cosines_of_what_has_no_more_directions) {
  QuietServices services(1);
  AverageParams params;
  params.centre = false;
  params.dim = 2;
  params.weights = {1, 0};
  const auto vectors = average(shop(), params, services);
  EXPECT_NEAR(inner(vectors, 0, 1), .6, 1e-5);
  EXPECT_NEAR(inner(vectors, 1, 2), .8, 1e-5);
}

}  // namespace
}  // namespace medley::fusion::test

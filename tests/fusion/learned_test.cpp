#include "medley/fusion/learned.h"

#include "medley/core/error.h"
#include "medley/core/rng.h"

#include "tests/fusion/tables.h"

namespace medley::fusion::test {
namespace {

// One column x predicts one column y. Items (x, y): (1, 1), (-1, 1), and x = 1 without y. Z = [x | 1], so
// Z'Z = 2 I, Z'y = (0, 2); with ridge 2 W = (0, 2) / 4: the guess is .5.
TEST(PredictedRows, are_those_of_a_ridge_by_hand) {
  QuietServices services(1);
  const Blocks blocks{unit_block(table("y", {{1}, {1}, {0}}, {1, 1, 0}), false),
                      unit_block(table("x", {{1}, {-1}, {1}}, {1, 1, 1}), false)};
  const auto rows = predicted_rows(blocks, 0, 2, services);
  EXPECT_NEAR(rows(2, 0), .5, 1e-6);
}

TEST(PredictedRows, find_a_linear_map_that_is_there) {
  Rng rng(5);
  QuietServices services(2);
  std::vector<std::vector<float>> x, y;
  for (int i = 0; i < 400; ++i) {
    const double angle = 6.2831853 * rng.uniform();
    x.push_back({static_cast<float>(std::cos(angle)), static_cast<float>(std::sin(angle))});
    y.push_back({x.back()[1], -x.back()[0]});
  }
  std::vector<std::uint8_t> present(400, 1);
  for (std::size_t i = 0; i < 400; i += 3) {
    present[i] = 0;
    y[i] = {0, 0};
  }
  const auto rows = predicted_rows({unit_block(table("y", y, present), false),
                                    unit_block(table("x", x, std::vector<std::uint8_t>(400, 1)), false)},
                                   0, 1e-6, services);
  for (std::size_t i = 0; i < 400; i += 3) {
    EXPECT_NEAR(rows(static_cast<math::Index>(i), 0), x[i][1], 1e-3);
    EXPECT_NEAR(rows(static_cast<math::Index>(i), 1), -x[i][0], 1e-3);
  }
}

TEST(PredictedRows, without_other_blocks_are_the_mean_that_the_ridge_lets_through) {
  QuietServices services(1);
  const auto rows =
      predicted_rows({unit_block(table("y", {{1}, {1}, {0}}, {1, 1, 0}), false)}, 0, 2, services);
  EXPECT_NEAR(rows(2, 0), 2.0 / (2 + 2), 1e-6);
}

TEST(PredictedRows, from_too_many_columns_are_refused) {
  QuietServices services(1);
  auto wide = std::make_shared<data::FeatureTable>();
  wide->name = "words";
  wide->rows = math::Csr{3, 9000, {0, 0, 0, 0}, {}, {}};
  wide->present = {0, 0, 0};
  const Blocks blocks{unit_block(table("y", {{1}, {1}, {0}}, {1, 1, 0}), false), unit_block(wide, false)};
  try {
    predicted_rows(blocks, 0, 1, services);
    ADD_FAILURE() << "not refused";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::limit);
    EXPECT_THAT(error.what(), ::testing::HasSubstr("9000 columns"));
  }
}

}  // namespace
}  // namespace medley::fusion::test

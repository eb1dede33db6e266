#include "medley/data/feature_table.h"

#include "medley/core/error.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

using namespace medley;

namespace {

data::FeatureTable dense() {
  data::FeatureTable table;
  table.name = "color";
  math::Matrix rows(3, 2);
  rows(0, 0) = 1;
  rows(1, 0) = 3;
  rows(1, 1) = 2;
  table.rows = rows;
  table.present = {1, 1, 0};
  return table;
}

data::FeatureTable sparse() {
  auto table = dense();
  table.rows = math::Csr{3, 2, {0, 1, 3, 3}, {0, 0, 1}, {1, 3, 2}};
  return table;
}

}  // namespace

TEST(FeatureTable, a_good_one_passes_dense_or_sparse) {
  EXPECT_NO_THROW(data::check_table(dense()));
  EXPECT_NO_THROW(data::check_table(sparse()));
  EXPECT_EQ(dense().present_count(), 2);
  EXPECT_EQ(sparse().dim(), 2);
}

TEST(FeatureTable, refuses_bits_that_do_not_fit_absent_rows_that_hold_values_and_nan) {
  auto table = dense();
  table.present.pop_back();
  EXPECT_THROW(data::check_table(table), Error);
  table = dense();
  std::get<math::Matrix>(table.rows)(2, 1) = 1;
  EXPECT_THROW(data::check_table(table), Error);
  table = dense();
  std::get<math::Matrix>(table.rows)(0, 1) = std::numeric_limits<float>::quiet_NaN();
  EXPECT_THROW(data::check_table(table), Error);
  table = sparse();
  std::get<math::Csr>(table.rows).indices[1] = 7;
  EXPECT_THROW(data::check_table(table), Error);
}

TEST(FeatureTable, unit_rows_are_centred_over_present_rows_and_alike_dense_or_sparse) {
  for (const auto& table : {dense(), sparse()}) {
    const auto unit = data::unit_rows(table);
    // The mean of (1, 0) and (3, 2) is (2, 1): the two differ from it in opposite directions.
    EXPECT_NEAR(math::inner_product(unit.rows, 0, 1), -1.0, 1e-6);
    EXPECT_NEAR(math::inner_product(unit.rows, 1, 1), 1.0, 1e-6);
    EXPECT_EQ(math::inner_product(unit.rows, 2, 0), 0.0);
  }
}

TEST(FeatureTable, raw_rows_are_held_to_their_shape_and_never_compared) {
  auto table = dense();
  table.extractor = "image/pixels";
  math::BasicMatrix<std::uint8_t> pixels(3, 4);
  pixels(0, 3) = 255;
  table.rows = pixels;
  EXPECT_NO_THROW(data::check_table(table));
  EXPECT_TRUE(table.is_raw());
  EXPECT_FALSE(dense().is_raw() || sparse().is_raw());
  EXPECT_EQ(table.items(), 3);
  EXPECT_EQ(table.dim(), 4);
  EXPECT_THROW(data::unit_rows(table), Error);
  std::get<math::BasicMatrix<std::uint8_t>>(table.rows)(2, 0) = 1;
  EXPECT_THROW(data::check_table(table), Error) << "the third row is absent";
}

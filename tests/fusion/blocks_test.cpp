#include "medley/fusion/blocks.h"

#include "medley/core/error.h"

#include "tests/fusion/tables.h"

#include <cmath>

namespace medley::fusion::test {
namespace {

using ::testing::ElementsAre;

TEST(Blocks, written_out_are_the_unit_rows_and_zeros_where_there_is_none) {
  const float nan = std::nanf("");
  const auto rows = written_out(unit_block(table("color", {{3, 4}, {nan, nan}}, {1, 0}), false));
  EXPECT_FLOAT_EQ(rows(0, 0), .6f);
  EXPECT_FLOAT_EQ(rows(0, 1), .8f);
  EXPECT_THAT(rows.row(1), ElementsAre(0, 0));
}

TEST(Blocks, of_given_rows_keep_them_and_take_zeros_as_absent) {
  math::Matrix rows(2, 2);
  rows(0, 1) = 5;
  const auto block = block_of("both", "mean", rows);
  EXPECT_THAT(math::row_of(block.rows(), 0), ElementsAre(0, 5));
  EXPECT_TRUE(has_row(block, 0));
  EXPECT_FALSE(has_row(block, 1));
  EXPECT_EQ(block.table->present_count(), 1);
}

TEST(Blocks, too_large_to_be_written_out_are_refused) {
  auto wide = std::make_shared<data::FeatureTable>();
  wide->name = "words";
  wide->rows = math::Csr{2, kMaxWrittenOut, {0, 0, 0}, {}, {}};
  wide->present = {0, 0};
  const Block block{"words", "text", wide, {{}, {0, 0}}};
  try {
    written_out(block);
    ADD_FAILURE() << "not refused";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::limit);
    EXPECT_THAT(error.what(), ::testing::HasSubstr("'words'"));
  }
}

TEST(Blocks, are_named_together) {
  EXPECT_EQ(joined_names({unit_block(shop()[0], true), unit_block(shop()[1], true)}), "color+words");
}

}  // namespace
}  // namespace medley::fusion::test

#include "medley/data/store/row_map.h"

#include <gtest/gtest.h>

using namespace medley::data;

TEST(RowMap, numbers_rows_without_gaps_by_one_less) {
  RowMap map;
  for (long long row = 1; row <= 5; ++row) EXPECT_TRUE(map.add(row));
  for (long long row = 1; row <= 5; ++row) EXPECT_EQ(map.find(row), row - 1);
  EXPECT_FALSE(map.find(0).has_value());
  EXPECT_FALSE(map.find(6).has_value());
  EXPECT_TRUE(map.whole());
}

TEST(RowMap, finds_every_row_beside_gaps_and_none_in_them) {
  for (unsigned there = 1; there < 1U << 9; ++there) {
    RowMap map;
    for (long long row = 1; row <= 9; ++row) {
      if ((there >> (row - 1) & 1U) == 0) continue;
      ASSERT_TRUE(map.add(row));
    }
    std::int32_t next = 0;
    for (long long row = 1; row <= 9; ++row) {
      const auto found = map.find(row);
      if ((there >> (row - 1) & 1U) != 0)
        EXPECT_EQ(found, next++) << there << ", row " << row;
      else
        EXPECT_FALSE(found.has_value()) << there << ", row " << row;
    }
  }
}

TEST(RowMap, refuses_rows_that_do_not_rise) {
  RowMap map;
  EXPECT_FALSE(map.find(1).has_value());
  EXPECT_FALSE(map.add(0));
  EXPECT_TRUE(map.add(1'000'000'000'000));
  EXPECT_FALSE(map.add(1'000'000'000'000));
  EXPECT_FALSE(map.add(7));
  EXPECT_EQ(map.find(1'000'000'000'000), 0);
  EXPECT_FALSE(map.find(7).has_value());
  EXPECT_EQ(map.size(), 1u);
  EXPECT_FALSE(map.whole());
}

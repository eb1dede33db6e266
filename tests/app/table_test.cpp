#include "apps/medley/table.h"

#include <gtest/gtest.h>

using namespace medley::app;

TEST(Table, aligns_columns_by_code_points) {
  Table table({"model", "recall"}, {Table::Align::left, Table::Align::right});
  table.add({"café", ".1"});
  table.add({"popularity", ".0597"});
  EXPECT_EQ(table.text(),
            "model       recall\n"
            "------------------\n"
            "café            .1\n"
            "popularity   .0597\n");
}

TEST(Table, listed_leaves_out_whole_names_and_counts_them) {
  EXPECT_EQ(listed({}, 9), "");
  EXPECT_EQ(listed({"a", "b", "c"}, 7), "a, b, c");
  EXPECT_EQ(listed({"café", "crème", "x"}, 11), "café, crème, 1 more");
  EXPECT_EQ(listed({"a long name", "b"}, 6), "a lon…, 1 more");
}

TEST(Table, shortened_cuts_between_code_points_and_shows_it) {
  EXPECT_EQ(shortened("Amélie", 10), "Amélie");
  EXPECT_EQ(shortened("Amélie", 4), "Amé…");
  EXPECT_EQ(shortened("two\nlines\x1b[31m", 40), "two lines [31m");
}

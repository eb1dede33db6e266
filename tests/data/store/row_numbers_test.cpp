#include "medley/data/store/row_numbers.h"

#include "../temp_folder.h"
#include <gtest/gtest.h>

using namespace medley::data;

TEST(RowNumbers, follow_first_appearance_and_outlive_the_connection) {
  TempFolder folder;
  {
    Database database(folder.path() / "m.db");
    RowNumbers users(database.sql(), "users", "id");
    EXPECT_EQ(users.of("b"), 1);
    EXPECT_EQ(users.of("a"), 2);
    EXPECT_EQ(users.of("b"), 1);
  }
  Database database(folder.path() / "m.db");
  RowNumbers users(database.sql(), "users", "id");
  EXPECT_EQ(users.of("a"), 2);
  EXPECT_EQ(users.of("c"), 3);
}

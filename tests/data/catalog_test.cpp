#include "medley/data/catalog.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace medley::data;

namespace {

TEST(Catalog, finds_columns_by_name_and_kind) {
  Catalog catalog;
  catalog.texts.push_back({"title", {"Heat"}});
  catalog.numbers.push_back({"year", {1995.0}});
  catalog.categories.push_back({"genres", {{"Crime"}}});
  ASSERT_NE(catalog.text("title"), nullptr);
  EXPECT_EQ(catalog.text("title")->values[0], "Heat");
  EXPECT_EQ(catalog.text("year"), nullptr);
  EXPECT_EQ(catalog.number("year")->values[0], 1995.0);
  EXPECT_EQ(catalog.category("genres")->values[0], std::vector<std::string>{"Crime"});
}

TEST(Catalog, new_items_are_absent_in_every_column) {
  Catalog catalog;
  catalog.texts.push_back({"title", {"Heat"}});
  catalog.numbers.push_back({"year", {1995.0}});
  catalog.categories.push_back({"genres", {{"Crime"}}});
  catalog.has_row = {1};
  catalog.availability = {{false}};
  catalog.resize(3);
  EXPECT_FALSE(catalog.available(0, 0));
  EXPECT_TRUE(catalog.available(2, 0));
  EXPECT_EQ(catalog.texts[0].values, (std::vector<std::string>{"Heat", "", ""}));
  EXPECT_EQ(catalog.numbers[0].values[0], 1995.0);
  EXPECT_TRUE(std::isnan(catalog.numbers[0].values[2]));
  EXPECT_TRUE(catalog.categories[0].values[2].empty());
  EXPECT_TRUE(catalog.files[MediaKind::image].empty());
  EXPECT_EQ(catalog.has_row, (std::vector<std::uint8_t>{1, 0, 0}));
  catalog.files[MediaKind::image] = {"a.jpg", "", ""};
  catalog.resize(4);
  EXPECT_EQ(catalog.files[MediaKind::image].size(), 4u);
}

}  // namespace

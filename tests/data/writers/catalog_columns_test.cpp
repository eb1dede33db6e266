#include "medley/data/writers/catalog_columns.h"

#include "export_run.h"
#include <gmock/gmock.h>

using namespace medley::data;
using testing::ElementsAre;
using testing::HasSubstr;

namespace {

Dataset two_items() {
  auto data = LogBuilder().add("u", "a1").add("u", "b").build();
  catalogue_row(data, "a1");
  catalogue_row(data, "b");
  return data;
}

}  // namespace

TEST(CatalogColumns, take_a_separator_that_no_value_holds) {
  auto data = two_items();
  data.catalog.categories = {
      {"genre", {{"x", "y"}, {}}}, {"brand", {{"a|b", "c"}, {"d"}}}, {"hard", {{"|;,/"}, {"\x1f"}}}};
  const auto columns = catalog_columns(data);
  EXPECT_EQ(columns.categories[0].separator, "|");
  EXPECT_EQ(columns.categories[1].separator, ";");
  EXPECT_EQ(columns.categories[2].separator, "\x1f\x1f");
  EXPECT_THAT(workspace_toml(columns),
              HasSubstr(R"(categories = { "genre" = "|", "brand" = ";", "hard" = "\u001F\u001F" })"));
}

TEST(CatalogColumns, give_each_heading_once) {
  auto data = two_items();
  data.catalog.texts = {{"id", {"x", "y"}}, {"note", {"", ""}}};
  data.catalog.numbers = {{"note", {1, 2}}};
  const auto columns = catalog_columns(data);
  EXPECT_EQ(columns.id, "id_2");
  EXPECT_EQ(columns.numbers[0].column, "note_2");
  EXPECT_THAT(columns.renamed, ElementsAre("note"));
}

TEST(CatalogColumns, share_a_column_where_a_text_holds_the_categories) {
  auto data = two_items();
  data.catalog.texts = {{"genre", {"Crime Drama", ""}}, {"other", {"x y", ""}}};
  data.catalog.categories = {{"genre", {{"Crime", "Drama"}, {}}}, {"other", {{"z"}, {}}}};
  const auto columns = catalog_columns(data);
  EXPECT_TRUE(columns.categories[0].shared);
  EXPECT_EQ(columns.categories[0].separator, " ");
  EXPECT_FALSE(columns.categories[1].shared);
  EXPECT_EQ(columns.categories[1].column, "other_2");
}

TEST(CatalogColumns, find_the_pattern_of_the_pictures) {
  auto data = two_items();
  data.catalog.files[MediaKind::image] = {"/p1/a1/a1.jpg", "/p1/b/b.jpg"};
  EXPECT_EQ(catalog_columns(data).patterns[MediaKind::image], "");  // two places: no single one
  data.catalog.files[MediaKind::image] = {"/a1/a1.jpg", "/a1/b.jpg"};
  EXPECT_EQ(catalog_columns(data).patterns[MediaKind::image], "/a1/{id}.jpg");
  data.catalog.files[MediaKind::image] = {"", "/x/b.png"};
  EXPECT_EQ(catalog_columns(data).patterns[MediaKind::image], "/x/{id}.png");
  EXPECT_EQ(catalog_columns(data).files[MediaKind::image], "image");
  data.catalog.files[MediaKind::image] = {"/x/1.png", "/x/2.png"};
  EXPECT_EQ(catalog_columns(data).patterns[MediaKind::image], "");
  data.catalog.files[MediaKind::image].clear();
  EXPECT_EQ(catalog_columns(data).files[MediaKind::image], "");
}

TEST(CatalogColumns, of_availability_are_there_where_it_says_something) {
  auto data = two_items();
  data.catalog.availability = {{true, 5, kNoTime}, {}};
  const auto columns = catalog_columns(data);
  EXPECT_EQ(columns.available, "");
  EXPECT_EQ(columns.available_from, "available_from");
  EXPECT_EQ(columns.available_until, "");
}

TEST(CatalogColumns, write_no_catalogue_into_a_toml_without_one) {
  EXPECT_EQ(workspace_toml(std::nullopt).find("[catalog]"), std::string::npos);
}

#include "tests/data/readers/recorder.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace medley::data;
using testing::ElementsAre;
using testing::HasSubstr;

namespace {

class CatalogFile : public testing::Test {
 protected:
  CatalogFile() {
    folder_.write("log.csv", "user,item\nu,0042\n");
    options_.file = "items.csv";
    options_.id = "sku";
    options_.text = {"title", "blurb"};
    options_.categories = {{"tags", "|"}};
    options_.numbers = {"price"};
  }

  Recorder read_items(const std::string& text) {
    folder_.write("items.csv", text);
    auto import = format("csv");
    import.file = "log.csv";
    return read(folder_.path(), import, options_);
  }

  TempFolder folder_;
  CatalogOptions options_;
};

TEST_F(CatalogFile, reads_the_columns_that_are_named) {
  options_.files[MediaKind::image] = "pictures/{id}.png";
  const auto picture = folder_.write("pictures/0042.png", "x");
  const auto got =
      read_items("sku;title;tags;price;blurb;other\n0042;Lamp;a| b;9.5;\"two\nlines\";x\n7;;;;;\n");
  const auto& item = got.items.at("0042");
  EXPECT_EQ(item.texts.at("title"), "Lamp");
  EXPECT_EQ(item.texts.at("blurb"), "two\nlines");
  EXPECT_THAT(item.categories.at("tags"), ElementsAre("a", "b"));
  EXPECT_EQ(item.numbers.at("price"), 9.5);
  EXPECT_EQ(item.image, picture.string());
  EXPECT_TRUE(got.items.at("7").texts.empty());
  EXPECT_TRUE(got.bads.empty());
}

TEST_F(CatalogFile, a_bad_number_costs_its_field_a_bad_id_its_row) {
  const auto got = read_items("sku,title,blurb,tags,price\n1,A,,,NaN\n,B,,,1\n2,\"C,,,1\n3,D,,,2\n");
  EXPECT_EQ(got.items.size(), 2u);
  EXPECT_TRUE(got.items.at("1").numbers.empty());
  EXPECT_EQ(got.items.at("3").numbers.at("price"), 2);
  ASSERT_EQ(got.bads.size(), 3u);
  EXPECT_THAT(got.bads[0].reason, HasSubstr("price 'NaN' is not a number"));
  EXPECT_THAT(got.bads[1].reason, HasSubstr("item is empty"));
  EXPECT_EQ(got.bads[2].line, 4);
}

TEST_F(CatalogFile, a_missing_column_file_or_media_folder_is_named) {
  EXPECT_THAT(error_of([&] { read_items("sku,titel,blurb,tags,price\n"); }),
              HasSubstr("no column 'title' (nearest: 'titel')"));
  options_.files[MediaKind::image] = "pictures/{id}.png";
  EXPECT_THAT(error_of([&] { read_items("sku,title,blurb,tags,price\n"); }),
              HasSubstr("pictures' is not there"));
  options_.file = "none.csv";
  auto import = format("csv");
  import.file = "log.csv";
  EXPECT_THAT(error_of([&] { read(folder_.path(), import, options_); }), HasSubstr("none.csv"));
}

TEST_F(CatalogFile, reads_when_an_item_may_be_listed) {
  options_.available = "stock";
  options_.available_from = "from";
  options_.available_until = "until";
  const auto got = read_items(
      "sku,title,tags,price,blurb,stock,from,until\n"
      "1,A,,,,NO,,\n2,B,,,, yes ,1970-01-02,1970-01-03T00:00:01Z\n3,C,,,,,,\n4,D,,,,perhaps,soon,86400\n");
  EXPECT_EQ(got.items.at("1").availability, Availability{false});
  EXPECT_EQ(got.items.at("2").availability, (Availability{true, 86'400, 172'801}));
  EXPECT_EQ(got.items.at("3").availability, Availability{});
  EXPECT_EQ(got.items.at("4").availability, (Availability{true, kNoTime, 86'400}));
  ASSERT_EQ(got.bads.size(), 2u);
  EXPECT_EQ(got.bads[0].line, 5);
  EXPECT_THAT(got.bads[0].reason, HasSubstr("stock 'perhaps' is neither yes nor no: the field is left out"));
  EXPECT_THAT(got.bads[1].reason, HasSubstr("from 'soon' is neither a number of seconds nor a date"));
}

TEST_F(CatalogFile, says_nothing_of_availability_where_no_column_is_named) {
  EXPECT_FALSE(read_items("sku,title,tags,price,blurb,available\n1,A,,,,no\n").items.at("1").availability);
  options_.available = "available";
  try {
    read_items("sku,title,tags,price,blurb\n1,A,,,\n");
    FAIL();
  } catch (const medley::Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("set [catalog] available to one of them"));
  }
}

}  // namespace

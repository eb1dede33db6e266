#include "tests/data/readers/recorder.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

using namespace medley::data;
using testing::HasSubstr;

namespace {

TEST(Delimited, columns_with_the_usual_names_need_no_mapping) {
  TempFolder folder;
  const auto got = read(folder.write("log.csv", "time;value;item;user\n9;3;i;u\n"), format("csv"));
  ASSERT_EQ(got.events.size(), 1u);
  EXPECT_EQ(got.events[0], (Recorder::Event{"u", "i", 3.0f, 9, "event", {}}));
}

TEST(Delimited, only_user_and_item_are_needed) {
  TempFolder folder;
  const auto got = read(folder.write("log.csv", "user,item,other\nu,i,x\n"), format("csv"));
  ASSERT_EQ(got.events.size(), 1u);
  EXPECT_EQ(got.events[0], (Recorder::Event{"u", "i", 1.0f, kNoTime, "event", {}}));
}

TEST(Delimited, mapped_columns_are_taken_and_must_be_there) {
  TempFolder folder;
  const auto path = folder.write("plays.dat", "who\twhat\tplays\twhen\nu,1\ti\t7\t2001-02-03\n");
  auto options = format("csv");
  options.user = "who";
  options.item = "what";
  options.value = "plays";
  options.time = "when";
  const auto got = read(path, options);
  ASSERT_EQ(got.events.size(), 1u);
  EXPECT_EQ(got.events[0], (Recorder::Event{"u,1", "i", 7.0f, 981158400, "event", {}}));
  options.time = "wen";
  EXPECT_THAT(error_of([&] { read(path, options); }), HasSubstr("no column 'wen' (nearest: 'when')"));
}

TEST(Delimited, takes_the_only_csv_of_a_folder_beside_the_catalogue) {
  TempFolder folder;
  folder.write("log.csv", "user,item\nu,i\n");
  folder.write("items.csv", "id,title\ni,Heat\n");
  CatalogOptions catalog;
  catalog.file = "items.csv";
  catalog.text = {"title"};
  EXPECT_EQ(read(folder.path(), format("csv"), catalog).items["i"].texts["title"], "Heat");
  EXPECT_THAT(error_of([&] { read(folder.path(), format("csv")); }),
              HasSubstr("2 .csv files (items.csv, log.csv)"));
  auto named = format("csv");
  named.file = "log.csv";
  EXPECT_EQ(read(folder.path(), named).events.size(), 1u);
}

TEST(Delimited, another_encoding_is_an_error_or_an_option) {
  TempFolder folder;
  const auto path = folder.write("log.csv", "user,item\nJos\xE9,1\n");
  auto options = format("csv");
  EXPECT_THAT(error_of([&] { read(path, options); }),
              testing::AllOf(HasSubstr("log.csv' line 2"), HasSubstr("0xe9"), HasSubstr("encoding")));
  options.encoding = "latin-1";
  EXPECT_EQ(read(path, options).events.at(0).user, "Jos\xC3\xA9");
}

TEST(Delimited, reads_the_listening_counts_of_hetrec) {
  const char* data = std::getenv("MEDLEY_DATA");
  if (data == nullptr) GTEST_SKIP() << "MEDLEY_DATA is not set";
  auto options = format("csv");
  options.user = "userID";
  options.item = "artistID";
  options.value = "weight";
  const auto got = read(std::filesystem::path(data) / "hetrec-lastfm" / "user_artists.dat", options);
  EXPECT_EQ(got.events.size(), 92'834u);
  EXPECT_TRUE(got.bads.empty());
  EXPECT_EQ(got.events[0], (Recorder::Event{"2", "51", 13883.0f, kNoTime, "event", {}}));
}

}  // namespace

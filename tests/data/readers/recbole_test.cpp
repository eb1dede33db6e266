#include "tests/data/readers/recorder.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace medley::data;
using testing::ElementsAre;
using testing::HasSubstr;

namespace {

using ReadEvent = Recorder::Event;

TEST(Recbole, reads_events_under_typed_headers) {
  TempFolder folder;
  folder.write(
      "s.inter",
      "user_id:token\titem_id:token\trating:float\ttimestamp:float\n007\t5\t3\t881250949\n8\t5\t4\tx\n");
  const auto got = read(folder.path(), format("recbole"));
  ASSERT_EQ(got.events.size(), 1u);
  EXPECT_EQ(got.events[0], (ReadEvent{"007", "5", 3.0f, 881250949, "event", {}}));
  ASSERT_EQ(got.bads.size(), 1u);
  EXPECT_EQ(got.bads[0].line, 3);
}

TEST(Recbole, fields_of_items_are_taken_by_their_type) {
  TempFolder folder;
  folder.write("s.inter", "user_id:token\titem_id:token\nu\t5\n");
  folder.write("s.item",
               "item_id:token\tmovie_title:token_seq\trelease_year:token\tclass:token_seq\tprice:float\t"
               "brand:token\tvec:float_seq\n"
               "5\tToy \"Story\"\t1995\tAnimation Children's\t9.5\tPixar\t1 "
               "2\n6\t\t\t\t\t\t\n7\tX\tsoon\tWar\t1\tY\t1\n");
  auto got = read(folder.path(), format("recbole"));
  const auto& item = got.items.at("5");
  EXPECT_EQ(item.texts.at("movie_title"), "Toy \"Story\"");
  EXPECT_THAT(item.categories.at("class"), ElementsAre("Animation", "Children's"));
  EXPECT_THAT(item.categories.at("brand"), ElementsAre("Pixar"));
  EXPECT_EQ(item.numbers.at("release_year"), 1995);
  EXPECT_EQ(item.numbers.at("price"), 9.5);
  EXPECT_EQ(item.texts.count("vec"), 0u);
  EXPECT_TRUE(got.items.at("6").texts.empty());
  EXPECT_TRUE(got.items.at("6").numbers.empty());
  // A bad field is reported and costs itself only.
  EXPECT_EQ(got.items.at("7").texts.at("movie_title"), "X");
  EXPECT_TRUE(got.items.at("7").numbers.count("release_year") == 0);
  ASSERT_EQ(got.bads.size(), 1u);
  EXPECT_THAT(got.bads[0].reason, HasSubstr("release_year 'soon' is not a number"));
}

TEST(Recbole, a_column_without_a_type_or_without_users_is_named) {
  TempFolder folder;
  const auto untyped = folder.write("a.inter", "user_id:token\titem_id\nu\t5\n");
  EXPECT_THAT(error_of([&] { read(untyped, format("recbole")); }), HasSubstr("column 'item_id' has no type"));
  const auto other = folder.write("b.inter", "person:token\titem_id:token\nu\t5\n");
  EXPECT_THAT(error_of([&] { read(other, format("recbole")); }), HasSubstr("no column 'user_id'"));
  auto options = format("recbole");
  options.user = "person";
  EXPECT_EQ(read(other, options).events.at(0).user, "u");
}

}  // namespace

#include "tests/data/readers/recorder.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace medley::data;
using testing::HasSubstr;

namespace {

using ReadEvent = Recorder::Event;

Recorder rows(const std::string& text) {
  TempFolder folder;
  return read(folder.write("log.csv", text), format("csv"));
}

TEST(EventRows, ids_values_times_and_kinds_come_through_as_they_are) {
  const auto got =
      rows("user,item,value,time,kind\n0042,1234567890123456789,4.5,1500000000123,view\n42,a #1,1,7,\n");
  ASSERT_EQ(got.events.size(), 2u);
  EXPECT_EQ(got.events[0], (ReadEvent{"0042", "1234567890123456789", 4.5f, 1500000000123, "view", {}}));
  EXPECT_EQ(got.events[1], (ReadEvent{"42", "a #1", 1.0f, 7, "event", {}}));
  EXPECT_TRUE(got.bads.empty());
}

TEST(EventRows, each_kind_of_bad_row_costs_that_row_and_says_why) {
  const std::string long_id(10'240, 'x');
  const auto got = rows("user,item,value,time\n1,1,1,1\n,1,1,1\n1,,1,1\n" + long_id +
                        ",1,1,1\n1,1,four,1\n1,1,NaN,1\n1,1,1,soon\n1,1,1,\n2,2,2,2\n");
  EXPECT_EQ(got.events.size(), 2u);
  EXPECT_EQ(got.events[1].user, "2");
  const std::vector<std::pair<int, std::string>> want = {
      {3, "user is empty"},         {4, "item is empty"},        {5, "user has 10240 bytes"},
      {6, "value 'four' is not a"}, {7, "value 'NaN' is not a"}, {8, "time 'soon' is neither"},
      {9, "time '' is neither"}};
  ASSERT_EQ(got.bads.size(), want.size());
  for (std::size_t i = 0; i < want.size(); ++i) {
    EXPECT_EQ(got.bads[i].line, want[i].first);
    EXPECT_THAT(got.bads[i].reason, HasSubstr(want[i].second));
    EXPECT_LE(got.bads[i].text.size(), 200u);
    EXPECT_LE(got.bads[i].user.size(), 200u);
  }
}

TEST(EventRows, a_bad_row_names_its_user_as_far_as_it_tells) {
  const auto got = rows("item,user,value\na,ann,many\nb,\"bob, jr\"\nc\nd,\"eve,1\n,zoe,1\n");
  std::vector<std::string> users;
  for (const auto& bad : got.bads) users.push_back(bad.user);
  EXPECT_THAT(users, testing::ElementsAre("ann", "bob, jr", "", "eve", "zoe"));
}

TEST(EventRows, events_of_the_same_second_keep_file_order) {
  const auto got = rows("user,item,time\n1,c,5\n1,a,5\n1,b,5\n");
  ASSERT_EQ(got.events.size(), 3u);
  EXPECT_EQ(got.events[0].item + got.events[1].item + got.events[2].item, "cab");
}

}  // namespace

#include "tests/data/readers/recorder.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace medley::data;
using testing::HasSubstr;

namespace {

using ReadEvent = Recorder::Event;

TEST(Mmrec, labels_come_from_x_label) {
  TempFolder folder;
  folder.write("set.inter", "userID\titemID\tx_label\r\n0\t5\t0\r\n0\t6\t1\r\n1\t5\t2\r\n1\t7\t3\r\n");
  const auto got = read(folder.path(), format("mmrec"));
  ASSERT_EQ(got.events.size(), 3u);
  EXPECT_EQ(got.events[0], (ReadEvent{"0", "5", 1.0f, kNoTime, "event", Part::train}));
  EXPECT_EQ(got.events[1].label, Part::valid);
  EXPECT_EQ(got.events[2].label, Part::test);
  ASSERT_EQ(got.bads.size(), 1u);
  EXPECT_EQ(got.bads[0].line, 5);
  EXPECT_THAT(got.bads[0].reason, HasSubstr("label '3'"));
}

TEST(Mmrec, rating_and_timestamp_are_read_where_they_are) {
  TempFolder folder;
  const auto path = folder.write("a.inter", "itemID\ttimestamp\tuserID\trating\tx_label\n5\t77\t1\t4\t0\n");
  EXPECT_EQ(read(path, format("mmrec")).events.at(0), (ReadEvent{"1", "5", 4.0f, 77, "event", Part::train}));
}

TEST(Mmrec, other_names_come_by_option_and_a_missing_one_is_named) {
  TempFolder folder;
  const auto path = folder.write("a.inter", "reader,book\n1,5\n");
  auto options = format("mmrec");
  options.delimiter = ",";
  options.user = "reader";
  EXPECT_THAT(error_of([&] { read(path, options); }), HasSubstr("no column 'itemID'"));
  options.item = "book";
  const auto got = read(path, options);
  EXPECT_EQ(got.events.at(0).item, "5");
  EXPECT_EQ(got.events.at(0).label, std::nullopt);
}

TEST(Mmrec, a_quote_is_a_character) {
  TempFolder folder;
  const auto path = folder.write("a.inter", "userID\titemID\n\"a\t1\nb\"\t2\n");
  const auto got = read(path, format("mmrec"));
  ASSERT_EQ(got.events.size(), 2u);
  EXPECT_EQ(got.events[0].user, "\"a");
}

}  // namespace

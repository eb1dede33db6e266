#include "tests/data/readers/recorder.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace medley::data;
using testing::HasSubstr;

namespace {

using ReadEvent = Recorder::Event;

TEST(Lightgcn, each_line_is_a_user_and_its_items) {
  TempFolder folder;
  folder.write("train.txt", "0 10 11 \r\n1\n2  12\t013\n");
  folder.write("test.txt", "0 14\n");
  const auto got = read(folder.path(), format("lightgcn"));
  ASSERT_EQ(got.events.size(), 5u);
  EXPECT_EQ(got.events[0], (ReadEvent{"0", "10", 1.0f, kNoTime, "event", Part::train}));
  EXPECT_EQ(got.events[3], (ReadEvent{"2", "013", 1.0f, kNoTime, "event", Part::train}));
  EXPECT_EQ(got.events[4], (ReadEvent{"0", "14", 1.0f, kNoTime, "event", Part::test}));
  EXPECT_TRUE(got.bads.empty());
}

TEST(Lightgcn, valid_txt_is_read_where_it_is) {
  TempFolder folder;
  folder.write("train.txt", "0 10\n");
  folder.write("valid.txt", "0 11\n");
  folder.write("test.txt", "0 12\n");
  const auto got = read(folder.path(), format("lightgcn"));
  ASSERT_EQ(got.events.size(), 3u);
  EXPECT_EQ(got.events[1].label, Part::valid);
}

TEST(Lightgcn, a_bad_line_has_no_events_and_says_why) {
  TempFolder folder;
  folder.write("train.txt", "0 10 " + std::string(10'240, 'x') + "\n1 10\n");
  folder.write("test.txt", "0 12\n");
  const auto got = read(folder.path(), format("lightgcn"));
  EXPECT_EQ(got.events.size(), 2u);
  ASSERT_EQ(got.bads.size(), 1u);
  EXPECT_EQ(got.bads[0].line, 1);
  EXPECT_EQ(got.bads[0].user, "0");
  EXPECT_THAT(got.bads[0].reason, HasSubstr("10240 bytes"));
}

TEST(Lightgcn, a_missing_or_empty_part_is_named) {
  TempFolder folder;
  folder.write("train.txt", "0 10\n");
  EXPECT_THAT(error_of([&] { read(folder.path(), format("lightgcn")); }), HasSubstr("test.txt"));
  folder.write("test.txt", "");
  EXPECT_THAT(error_of([&] { read(folder.path(), format("lightgcn")); }), HasSubstr("test.txt' is empty"));
}

TEST(Lightgcn, a_file_given_as_path_must_be_one_of_the_parts) {
  TempFolder folder;
  const auto train = folder.write("train.txt", "0 10\n");
  folder.write("test.txt", "0 12\n");
  const auto more = folder.write("more.txt", "0 13\n");
  EXPECT_EQ(read(train, format("lightgcn")).events.size(), 2u);
  EXPECT_THAT(error_of([&] { read(more, format("lightgcn")); }),
              testing::AllOf(HasSubstr("more.txt"), HasSubstr("train.txt")));
}

TEST(Lightgcn, a_line_of_a_user_with_very_many_items_is_read) {
  TempFolder folder;
  std::string line = "0";
  for (int i = 0; i < 300'000; ++i) line += " " + std::to_string(i);
  folder.write("train.txt", line);
  folder.write("test.txt", "0 x\n");
  EXPECT_EQ(read(folder.path(), format("lightgcn")).events.size(), 300'001u);
}

}  // namespace

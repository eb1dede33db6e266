#include "medley/data/readers/formats.h"

#include "tests/data/readers/recorder.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace medley::data;
using testing::HasSubstr;

namespace {

TEST(ReadSource, an_unknown_format_names_the_known_and_the_nearest) {
  TempFolder folder;
  EXPECT_THAT(error_of([&] { read(folder.path(), format("recbol")); }),
              testing::AllOf(HasSubstr("csv, jsonl, lightgcn, mmrec, movielens, recbole"),
                             HasSubstr("nearest: recbole")));
}

TEST(ReadSource, every_format_refuses_what_is_no_data_by_name) {
  TempFolder folder;
  for (const std::string name : {"csv", "lightgcn", "mmrec", "movielens", "recbole"}) {
    EXPECT_THAT(error_of([&] { read(folder.path() / "gone", format(name)); }),
                HasSubstr("gone' is not there"));
    EXPECT_THAT(error_of([&] { read(folder.path(), format(name)); }), HasSubstr(folder.path().string()))
        << name;
  }
}

TEST(ReadSource, empty_binary_and_folder_in_place_of_a_file_are_named) {
  TempFolder folder;
  const auto import = format("csv");
  EXPECT_THAT(error_of([&] { read(folder.write("empty.csv", ""), import); }),
              HasSubstr("empty.csv' is empty"));
  const std::string png("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16);
  EXPECT_THAT(error_of([&] { read(folder.write("image.csv", png), import); }), HasSubstr("not a text file"));
  std::filesystem::create_directories(folder.path() / "sub.csv" / "x");
  auto named = import;
  named.file = "sub.csv";
  EXPECT_THAT(error_of([&] { read(folder.path(), named); }), HasSubstr("sub.csv' is a folder"));
}

TEST(ReadSource, a_file_cut_at_any_byte_is_read_or_refused) {
  const std::string text = "user,item,time\n1,\"a,\"\"b\"\n2,b\xC3\xA9,5\r\n3,\"x\ny\",7\n";
  TempFolder folder;
  for (std::size_t size = 0; size < text.size(); ++size) {
    const auto path = folder.write("log.csv", text.substr(0, size));
    Recorder got;
    const auto error = error_of([&] { got = read(path, format("csv")); });
    if (error == "no error") {
      EXPECT_LE(got.events.size() + got.bads.size(), 5u) << size;
    } else {
      EXPECT_THAT(error, HasSubstr("log.csv")) << size;
    }
  }
}

TEST(ReadSource, a_hundred_thousand_rows_come_through) {
  TempFolder folder;
  std::string text = "user,item,value,time\n";
  for (int i = 0; i < 100'000; ++i) {
    text += std::to_string(i % 610) + "," + std::to_string(i % 9742) + ",4.0," +
            std::to_string(964982703 + i) + "\n";
  }
  const auto path = folder.write("log.csv", text);
  EXPECT_EQ(read(path, format("csv")).events.size(), 100'000u);
}

}  // namespace

#include "medley/data/readers/byte_source.h"

#include "medley/core/error.h"

#include "tests/data/temp_folder.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

using namespace medley;
using namespace medley::data;
using testing::HasSubstr;

namespace {

std::string text_of(TextSource source) {
  std::string out;
  while (source.append(out, 7)) {
  }
  return out;
}

std::string read_error(const std::filesystem::path& path) {
  try {
    open_file(path);
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

TEST(ByteSource, a_file_and_memory_give_the_same_bytes) {
  TempFolder folder;
  const std::string text(10'000, 'x');
  const auto path = folder.write("a.csv", text);
  EXPECT_EQ(text_of(TextSource(open_file(path), Encoding::utf8)), text);
  EXPECT_EQ(text_of(TextSource(open_memory(text, "m"), Encoding::utf8)), text);
}

TEST(ByteSource, a_folder_or_a_missing_file_is_named) {
  TempFolder folder;
  EXPECT_THAT(read_error(folder.path()), HasSubstr(folder.path().string() + "' is a folder"));
  EXPECT_THAT(read_error(folder.path() / "none.csv"), HasSubstr("none.csv"));
}

TEST(ByteSource, a_named_pipe_or_a_device_is_refused_without_waiting) {
  TempFolder folder;
  const auto pipe = folder.path() / "pipe.csv";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  EXPECT_THAT(read_error(pipe), HasSubstr("pipe.csv' is not a file"));
  EXPECT_THAT(read_error("/dev/null"), HasSubstr("not a file"));
}

TEST(ByteSource, an_encoding_is_known_by_its_usual_names) {
  EXPECT_EQ(parse_encoding("UTF-8"), Encoding::utf8);
  EXPECT_EQ(parse_encoding("latin-1"), Encoding::latin1);
  EXPECT_EQ(parse_encoding("ISO-8859-1"), Encoding::latin1);
  EXPECT_THROW(parse_encoding("utf-16"), Error);
}

TEST(ByteSource, a_utf_8_mark_contradicts_latin_1) {
  EXPECT_THROW(TextSource(open_memory("\xEF\xBB\xBFx", "m"), Encoding::latin1), Error);
  EXPECT_EQ(text_of(TextSource(open_memory("\xEF\xBB\xBFx", "m"), Encoding::utf8)), "x");
}

}  // namespace

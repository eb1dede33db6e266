#include "medley/media/av/cut_file.h"

#include "tests/media/av/wav.h"
#include "tests/media/fixture.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace medley;
using namespace medley::media;
using testing::HasSubstr;

namespace {

std::string cut(const std::string& file) {
  return cut_file(std::as_bytes(std::span(file)));
}

std::string with_size(std::string file, std::uint32_t size) {
  for (std::size_t i = 0; i < 4; ++i) file[4 + i] = static_cast<char>((size >> (8 * i)) & 0xff);
  return file;
}

TEST(CutFile, whole_files_and_those_that_do_not_say_are_not_cut) {
  for (const auto* name : {"tone.ogg", "tone.mp3", "tone.flac", "tone.m4a", "cuts.mp4", "rotated.mov"})
    EXPECT_EQ(cut(fixture(name)), "") << name;
  for (const auto* text : {"", "R", "RIFF", "RIFF\x9", "RF64", "a text"}) EXPECT_EQ(cut(text), "") << text;
  EXPECT_EQ(cut(wav_bytes({}, 22'050)), "");
}

TEST(CutFile, a_riff_file_of_fewer_bytes_than_it_claims_is_cut) {
  const auto file = wav_bytes(std::vector<float>(100, 0.5f), 22'050);
  ASSERT_EQ(file.size(), 244u);
  EXPECT_EQ(cut(file), "");
  EXPECT_EQ(cut(file + "more"), "");
  EXPECT_EQ(cut(file.substr(0, 243)), "") << "a byte of padding may be missing";
  EXPECT_EQ(cut(file.substr(0, 242)), "cut short: 242 of 244 bytes are there");
  EXPECT_EQ(cut(file.substr(0, 8)), "cut short: 8 of 244 bytes are there");
}

TEST(CutFile, the_sizes_that_pipes_write_say_nothing) {
  const auto file = wav_bytes(std::vector<float>(100, 0.5f), 22'050);
  // Nothing yet, FFmpeg's, SoX's and arecord's.
  for (const std::uint32_t size : {0u, 0xffff'ffffu, 0x7fff'f024u, 0x8000'0024u})
    EXPECT_EQ(cut(with_size(file, size)), "") << size;
  EXPECT_THAT(cut(with_size(file, 0x7ffe'ffff)), HasSubstr("244 of 2147418119 bytes"));
}

TEST(CutFile, rf64_has_its_size_in_the_first_chunk) {
  const auto rf64 = [](std::uint32_t body) {
    return "RF64\xff\xff\xff\xffWAVEds64" + std::string("\x1c\0\0\0", 4) +
           with_size("....0000", body).substr(4) + std::string(76, '\0');
  };
  EXPECT_EQ(cut(rf64(92)), "");
  EXPECT_EQ(cut(rf64(93)), "");
  EXPECT_EQ(cut(rf64(94)), "cut short: 100 of 102 bytes are there");
}

TEST(CutFile, an_ogg_file_ends_with_a_whole_page_that_says_so) {
  const auto file = fixture("tone.ogg");
  for (std::size_t size = 4; size < file.size(); size += 1 + file.size() / 300)
    EXPECT_THAT(cut(file.substr(0, size)), HasSubstr("cut short: its last page")) << size;
  EXPECT_THAT(cut(file.substr(0, file.size() - 1)), HasSubstr("is not all there"));
  const auto last = file.rfind("OggS");
  ASSERT_GT(last, 0u);
  EXPECT_EQ(cut(file.substr(0, last)), "cut short: its last page does not end the stream");
  EXPECT_EQ(cut(file + "a tag of another program"), "");
}

}  // namespace

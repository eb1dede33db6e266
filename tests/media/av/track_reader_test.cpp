#include "medley/media/av/track_reader.h"

#include "tests/media/av/wav.h"
#include "tests/media/fixture.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace medley;
using namespace medley::media;
using testing::HasSubstr;

namespace {

std::span<const std::byte> bytes_of(const std::string& text) {
  return std::as_bytes(std::span(text));
}

constexpr std::size_t kTransportPacket = 188;

std::int64_t frames_of(TrackReader& reader) {
  std::int64_t out = 0;
  while (reader.next() != nullptr) ++out;
  return out;
}

TEST(TrackReader, reads_each_track_of_one_file) {
  const auto file = fixture("cuts.mp4");
  TrackReader pictures(bytes_of(file), Track::video, 1'000'000);
  EXPECT_EQ(pictures.fault(), "");
  EXPECT_EQ(frames_of(pictures), 75);
  EXPECT_EQ(pictures.packets(), 75);
  EXPECT_EQ(pictures.bad_packets(), 0);
  EXPECT_NEAR(pictures.claimed_seconds(), 3.0, 0.05);
  TrackReader sound(bytes_of(file), Track::audio, 0);
  EXPECT_GT(frames_of(sound), 60);
  EXPECT_EQ(broken_track(sound, 3.0), "");
}

TEST(TrackReader, what_is_no_sound_or_clip_is_told) {
  for (const std::string text :
       {"", "x", "hello, this is a text and no sound", "#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n",
        "ffconcat version 1.0\nfile /etc/passwd\n",
        "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nm=audio 9 RTP/AVP 0\n"}) {
    TrackReader reader(bytes_of(text), Track::audio, 0);
    EXPECT_NE(reader.fault(), "") << text;
    EXPECT_EQ(reader.next(), nullptr);
    EXPECT_EQ(reader.claimed_seconds(), 0.0);
  }
}

TEST(TrackReader, a_track_that_is_not_there_is_told) {
  const auto clip = fixture("rotated.mov"), tone = fixture("tone.ogg");
  const TrackReader mute(bytes_of(clip), Track::audio, 0);
  EXPECT_EQ(mute.fault(), "has no sound track");
  EXPECT_EQ(mute.claimed_seconds(), 0.0);
  EXPECT_EQ(broken_packets(mute), "has no sound track");
  EXPECT_EQ(TrackReader(bytes_of(tone), Track::video, 1000).fault(), "has no pictures");
}

TEST(TrackReader, a_frame_above_the_limit_is_refused_before_it_is_decoded) {
  const auto file = fixture("cuts.mp4");
  EXPECT_THAT(TrackReader(bytes_of(file), Track::video, 96 * 64 - 1).fault(),
              HasSubstr("96 x 64 pixels are above the limit of 6143"));
  EXPECT_EQ(TrackReader(bytes_of(file), Track::video, 96 * 64).fault(), "");
}

TEST(TrackReader, a_file_cut_anywhere_ends_or_is_refused) {
  for (const auto* name : {"cuts.mp4", "rotated.mov", "tone.ogg", "tone.mp3", "tone.flac", "tone.m4a"}) {
    const auto file = fixture(name);
    for (std::size_t size = 0; size < file.size(); size += 1 + file.size() / 40) {
      const auto part = file.substr(0, size);
      for (const auto track : {Track::audio, Track::video}) {
        TrackReader reader(bytes_of(part), track, 1'000'000);
        EXPECT_LE(frames_of(reader), 80) << name << " cut at " << size;
      }
    }
  }
}

TEST(TrackReader, broken_packets_are_counted) {
  auto file = fixture("cuts.mp4");
  const auto data = file.find("mdat");
  ASSERT_NE(data, std::string::npos);
  for (std::size_t i = data + 200; i + 700 < file.size(); i += 40) file[i] = static_cast<char>(~file[i]);
  TrackReader sound(bytes_of(file), Track::audio, 0);
  frames_of(sound);
  EXPECT_GT(sound.bad_packets(), 0);
  EXPECT_THAT(broken_track(sound, 3.0), HasSubstr("packets cannot be decoded"));
  EXPECT_THAT(broken_packets(sound), HasSubstr("packets cannot be decoded"));
}

TEST(TrackReader, frames_that_the_decoder_mends_are_counted) {
  auto file = fixture("cuts.mp4");
  TrackReader whole(bytes_of(file), Track::video, 1'000'000);
  EXPECT_EQ(frames_of(whole), 75);
  EXPECT_EQ(whole.frames(), 75);
  EXPECT_EQ(whole.damaged_frames(), 0);
  const auto data = file.find("mdat");
  ASSERT_NE(data, std::string::npos);
  for (std::size_t i = data + 200; i + 700 < file.size(); i += 1200) file[i] = static_cast<char>(~file[i]);
  TrackReader damaged(bytes_of(file), Track::video, 1'000'000);
  EXPECT_EQ(frames_of(damaged), 75);
  EXPECT_EQ(damaged.bad_packets(), 0);
  EXPECT_GT(damaged.damaged_frames(), 4);
  EXPECT_THAT(broken_packets(damaged), HasSubstr("of 75 frames are damaged"));
}

TEST(TrackReader, packets_that_the_container_marks_are_counted) {
  const auto file = fixture("card.mpegts");
  const auto without = [&](auto lost) {
    std::string out;
    for (std::size_t at = 0; at < file.size(); at += kTransportPacket)
      if (!lost(at / kTransportPacket)) out += file.substr(at, kTransportPacket);
    return out;
  };
  const auto count = file.size() / kTransportPacket;
  const auto broken = [](const std::string& part) {
    TrackReader reader(bytes_of(part), Track::video, 1'000'000);
    frames_of(reader);
    return broken_packets(reader);
  };
  EXPECT_EQ(broken(without([](std::size_t) { return false; })), "");
  EXPECT_EQ(broken(without([&](std::size_t i) { return i == count / 2; })), "") << "one is no matter";
  // The first ones tell what the file holds.
  EXPECT_THAT(broken(without([](std::size_t i) { return i >= 5 && i % 10 == 0; })),
              HasSubstr("packets cannot be decoded"));
}

TEST(TrackReader, much_less_than_what_is_claimed_is_a_cut_file) {
  const auto file = fixture("cuts.mp4");
  TrackReader reader(bytes_of(file), Track::video, 1'000'000);
  EXPECT_EQ(broken_track(reader, 2.8), "");
  EXPECT_EQ(broken_track(reader, 1.5), "cut short: 1.5 of 3.0 seconds can be read");
}

}  // namespace

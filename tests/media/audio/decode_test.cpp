#include "medley/media/audio/decode.h"

#include "medley/core/file.h"

#include "tests/media/av/wav.h"
#include "tests/media/fixture.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <limits>
#include <numbers>

using namespace medley;
using namespace medley::media;
using testing::AllOf;
using testing::Ge;
using testing::HasSubstr;
using testing::Le;

namespace {

DecodedAudio decode(const std::string& file, int rate = 22'050, AudioLimits limits = {}) {
  return decode_audio(std::as_bytes(std::span(file)), rate, limits);
}

std::vector<float> tone(double hz, int rate, double seconds, int channels = 1, double height = 0.5) {
  std::vector<float> out;
  for (int i = 0; i < static_cast<int>(seconds * rate); ++i) {
    const double value = height * std::sin(2 * std::numbers::pi * hz * i / rate);
    for (int c = 0; c < channels; ++c) out.push_back(static_cast<float>(value));
  }
  return out;
}

/// How often a second the sound crosses zero upwards: its frequency, if it is one tone.
double frequency_of(const std::vector<float>& samples, int rate) {
  int ups = 0;
  for (std::size_t i = 1; i < samples.size(); ++i) ups += samples[i - 1] < 0 && samples[i] >= 0 ? 1 : 0;
  return static_cast<double>(ups) * rate / static_cast<double>(samples.size());
}

double height_of(const std::vector<float>& samples) {
  double squares = 0;
  for (const double value : samples) squares += value * value;
  return std::sqrt(2.0 * squares / static_cast<double>(samples.size()));
}

TEST(DecodeAudio, a_wav_at_its_own_rate_comes_back_sample_by_sample) {
  const auto samples = tone(440, 22'050, 0.25);
  const auto floats = decode(wav_bytes(samples, 22'050, 1, 32, 3));
  EXPECT_EQ(floats.reason, "");
  EXPECT_EQ(floats.samples, samples);
  for (const int bits : {8, 16, 24, 32}) {
    const auto got = decode(wav_bytes(samples, 22'050, 1, bits));
    ASSERT_EQ(got.samples.size(), samples.size()) << bits;
    for (std::size_t i = 0; i < samples.size(); ++i)
      ASSERT_NEAR(got.samples[i], samples[i], 2.0 / std::pow(2.0, bits - 1) + 1e-6)
          << bits << " bits, sample " << i;
  }
}

TEST(DecodeAudio, channels_are_averaged) {
  std::vector<float> left_only;
  for (const float value : tone(440, 22'050, 0.2)) {
    left_only.push_back(value);
    left_only.push_back(0.0f);
  }
  const auto got = decode(wav_bytes(left_only, 22'050, 2, 32, 3));
  ASSERT_EQ(got.samples.size(), left_only.size() / 2);
  for (std::size_t i = 0; i < got.samples.size(); ++i)
    ASSERT_NEAR(got.samples[i], left_only[2 * i] / 2, 1e-6);
  const auto six = decode(wav_bytes(tone(440, 22'050, 0.2, 6), 22'050, 6));
  EXPECT_NEAR(height_of(six.samples), 0.5, 0.01) << six.reason;
}

TEST(DecodeAudio, any_rate_becomes_the_one_that_is_asked_for) {
  for (const int from : {8'000, 44'100, 192'000}) {
    for (const int to : {8'000, 16'000, 22'050, 48'000}) {
      const auto got = decode(wav_bytes(tone(440, from, 1.0), from), to);
      EXPECT_NEAR(static_cast<double>(got.samples.size()), to, 0.01 * to)
          << from << " to " << to << got.reason;
      EXPECT_NEAR(frequency_of(got.samples, to), 440.0, 5.0);
      EXPECT_NEAR(height_of(got.samples), 0.5, 0.02);
    }
  }
}

TEST(DecodeAudio, compressed_formats_give_the_same_tone) {
  for (const auto* name : {"tone.ogg", "tone.mp3", "tone.flac", "tone.m4a"}) {
    const auto got = decode(fixture(name));
    EXPECT_EQ(got.reason, "") << name;
    EXPECT_NEAR(static_cast<double>(got.samples.size()), 22'050, 2'300) << name;
    EXPECT_NEAR(frequency_of(got.samples, 22'050), 440.0, 22.0) << name;
    EXPECT_NEAR(height_of(got.samples), 0.5, 0.05) << name;
  }
}

TEST(DecodeAudio, the_sound_track_of_a_clip_is_a_sound) {
  const auto got = decode(fixture("cuts.mp4"));
  EXPECT_EQ(got.reason, "");
  EXPECT_NEAR(static_cast<double>(got.samples.size()), 3 * 22'050, 3'000);
  EXPECT_NEAR(frequency_of(got.samples, 22'050), 1000.0, 20.0);
  EXPECT_EQ(decode(fixture("rotated.mov")).reason, "has no sound track");
}

TEST(DecodeAudio, few_samples_are_handed_on_and_none_are_told) {
  EXPECT_EQ(decode(wav_bytes({}, 22'050)).reason, "a sound without samples");
  EXPECT_EQ(decode(wav_bytes({0.25f}, 22'050, 1, 32, 3)).samples, std::vector<float>{0.25f});
  EXPECT_EQ(decode(wav_bytes(tone(440, 22'050, 500.5 / 22'050), 22'050)).samples.size(), 500u);
}

TEST(DecodeAudio, samples_that_are_not_finite_are_handed_on) {
  auto samples = tone(440, 22'050, 0.1);
  samples[7] = std::numeric_limits<float>::quiet_NaN();
  const auto got = decode(wav_bytes(samples, 22'050, 1, 32, 3));
  ASSERT_EQ(got.samples.size(), samples.size());
  EXPECT_TRUE(std::isnan(got.samples[7]));
}

TEST(DecodeAudio, of_a_long_sound_the_first_seconds_are_read) {
  const auto got = decode(wav_bytes(tone(440, 8'000, 20.0), 8'000), 8'000, {.max_seconds = 2.5});
  EXPECT_EQ(got.reason, "");
  EXPECT_EQ(got.samples.size(), 20'000u);
}

TEST(DecodeAudio, what_is_broken_is_refused_before_the_limit_as_at_the_end) {
  auto file = fixture("cuts.mp4");
  const auto data = file.find("mdat");
  ASSERT_NE(data, std::string::npos);
  for (std::size_t i = data + 200; i + 700 < file.size(); i += 40) file[i] = static_cast<char>(~file[i]);
  EXPECT_THAT(decode(file).reason, HasSubstr("packets cannot be decoded"));
  const auto first = decode(file, 22'050, {.max_seconds = 1.0});
  EXPECT_THAT(first.reason, HasSubstr("packets cannot be decoded"));
  EXPECT_TRUE(first.samples.empty());
}

/// A tone with a cover picture in front of it, which says that it has `side` x `side` pixels.
std::string tone_with_cover(std::uint32_t side) {
  const auto big_endian = [](std::uint32_t value, int bytes) {
    std::string out;
    for (int i = bytes - 1; i >= 0; --i) out += static_cast<char>((value >> (8 * i)) & 0xff);
    return out;
  };
  // A PNG of its signature and header; the checksum of the latter is not looked at before the size.
  const auto picture = std::string("\x89PNG\r\n\x1a\n", 8) + big_endian(13, 4) + "IHDR" +
                       big_endian(side, 4) + big_endian(side, 4) + std::string("\x08\x02\x00\x00\x00", 5) +
                       big_endian(0, 4);
  const auto frame = std::string("\0image/png\0\3\0", 13) + picture;
  const auto body =
      "APIC" + big_endian(static_cast<std::uint32_t>(frame.size()), 4) + std::string(2, '\0') + frame;
  const auto size = static_cast<std::uint32_t>(body.size());
  return std::string("ID3\3\0\0", 6) + std::string(2, '\0') + static_cast<char>(size >> 7) +
         static_cast<char>(size & 0x7f) + body + fixture("tone.mp3");
}

TEST(DecodeAudio, a_cover_picture_of_any_size_is_no_part_of_a_sound) {
  for (const std::uint32_t side : {16u, 30'000u}) {
    const auto got = decode(tone_with_cover(side));
    EXPECT_EQ(got.reason, "");
    EXPECT_NEAR(frequency_of(got.samples, 22'050), 440.0, 22.0);
  }
}

TEST(DecodeAudio, a_cut_file_is_refused_or_gives_finite_samples) {
  for (const auto* name : {"tone.ogg", "tone.mp3", "tone.flac", "tone.m4a", "cuts.mp4"}) {
    const auto file = fixture(name);
    for (std::size_t size = 1; size < file.size(); size += 1 + file.size() / 23) {
      const auto got = decode(file.substr(0, size));
      EXPECT_NE(got.samples.empty(), got.reason.empty()) << name << " cut at " << size;
      EXPECT_TRUE(std::all_of(got.samples.begin(), got.samples.end(),
                              [](float value) { return std::isfinite(value); }));
    }
  }
  const auto clip = fixture("cuts.mp4");
  EXPECT_THAT(decode(clip.substr(0, clip.size() / 2)).reason, HasSubstr("cut short"));
}

TEST(DecodeAudio, a_cut_wav_or_ogg_is_refused_wherever_it_is_cut) {
  for (const auto& file : {wav_bytes(tone(440, 8'000, 4.0), 8'000), fixture("tone.ogg")}) {
    EXPECT_EQ(decode(file).reason, "");
    for (const std::size_t tenths : {1u, 3u, 5u, 7u, 9u})
      EXPECT_THAT(decode(file.substr(0, file.size() * tenths / 10)).reason, HasSubstr("cut short")) << tenths;
  }
}

TEST(DecodeAudio, a_rate_out_of_range_is_told) {
  const auto file = wav_bytes(tone(440, 8'000, 0.1), 8'000);
  EXPECT_THAT(decode(file, 999).reason, HasSubstr("[1000, 384000]"));
  EXPECT_THAT(decode(file, 384'001).reason, HasSubstr("[1000, 384000]"));
}

TEST(DecodeAudio, real_clips_are_five_to_seven_seconds_long) {
  const auto* root = std::getenv("MEDLEY_DATA");
  if (root == nullptr) GTEST_SKIP() << "MEDLEY_DATA is not set";
  int clips = 0;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(std::string(root) + "/media/esc10")) {
    if (entry.path().extension() != ".ogg") continue;
    const auto got = decode(read_file(entry.path(), 1 << 24));
    EXPECT_EQ(got.reason, "") << entry.path();
    EXPECT_THAT(static_cast<double>(got.samples.size()) / 22'050, AllOf(Ge(4.9), Le(7.3))) << entry.path();
    ++clips;
  }
  EXPECT_EQ(clips, 240);
}

}  // namespace

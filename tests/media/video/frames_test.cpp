#include "medley/media/video/frames.h"

#include "medley/core/file.h"

#include "tests/media/fixture.h"
#include "tests/media/reordered.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdlib>

using namespace medley;
using namespace medley::media;
using testing::HasSubstr;

namespace {

struct Seen {
  std::string reason;
  std::vector<VideoFrame> frames;
  std::vector<Image> images;
};

Seen walk(const std::string& file, VideoWalk how = {}, VideoLimits limits = {}) {
  Seen out;
  how.take = [&](const VideoFrame& frame) {
    out.frames.push_back(frame);
    out.images.push_back(*frame.image);
    return true;
  };
  out.reason = walk_video(std::as_bytes(std::span(file)), limits, how);
  return out;
}

std::array<int, 3> mean_of(const Image& image, int x0, int y0, int x1, int y1) {
  std::array<int, 3> sum{};
  for (int y = y0; y < y1; ++y)
    for (int x = x0; x < x1; ++x)
      for (std::size_t c = 0; c < 3; ++c)
        sum[c] += image.rgb[3 * static_cast<std::size_t>(y * image.width + x) + c];
  for (auto& one : sum) one /= (x1 - x0) * (y1 - y0);
  return sum;
}

TEST(WalkVideo, hands_out_every_frame_with_its_time) {
  const auto got = walk(fixture("cuts.mp4"));
  EXPECT_EQ(got.reason, "");
  ASSERT_EQ(got.frames.size(), 75u);
  for (std::size_t i = 0; i < got.frames.size(); ++i) {
    EXPECT_EQ(got.frames[i].number, static_cast<std::int64_t>(i));
    EXPECT_NEAR(got.frames[i].seconds, static_cast<double>(i) / 25.0, 1e-3);
    EXPECT_EQ(got.images[i].width, 96);
    EXPECT_EQ(got.images[i].height, 64);
  }
  EXPECT_GT(mean_of(got.images[19], 0, 0, 96, 64)[0], 180);
  EXPECT_LT(mean_of(got.images[50], 0, 0, 96, 64)[0], 60);
  EXPECT_GT(mean_of(got.images[50], 0, 0, 96, 64)[2], 180);
}

TEST(WalkVideo, applies_the_rotation_of_the_metadata) {
  const auto got = walk(fixture("rotated.mov"));
  ASSERT_EQ(got.frames.size(), 10u) << got.reason;
  const auto& image = got.images[0];
  ASSERT_EQ(image.width, 32);
  ASSERT_EQ(image.height, 48);
  // ffmpeg's own player shows red above blue.
  EXPECT_GT(mean_of(image, 4, 4, 28, 20)[0], 200);
  EXPECT_GT(mean_of(image, 4, 28, 28, 44)[2], 200);
}

TEST(WalkVideo, pictures_are_no_larger_than_asked_and_keep_their_shape) {
  VideoWalk how;
  how.longer_side = 24;
  const auto small = walk(fixture("cuts.mp4"), how);
  ASSERT_FALSE(small.images.empty());
  EXPECT_EQ(small.images[0].width, 24);
  EXPECT_EQ(small.images[0].height, 16);
  EXPECT_GT(mean_of(small.images[0], 0, 0, 24, 16)[0], 180);
  how.longer_side = 500;
  EXPECT_EQ(walk(fixture("cuts.mp4"), how).images[0].width, 96);
}

TEST(WalkVideo, only_frames_that_are_wanted_are_handed_out) {
  VideoWalk how;
  how.wants = [](std::int64_t number) { return number == 30 || number == 60; };
  const auto got = walk(fixture("cuts.mp4"), how);
  ASSERT_EQ(got.frames.size(), 2u);
  EXPECT_EQ(got.frames[0].number, 30);
  EXPECT_NEAR(got.frames[1].seconds, 2.4, 1e-3);
}

TEST(WalkVideo, ends_when_told_and_at_the_limit) {
  int taken = 0;
  VideoWalk how;
  how.take = [&](const VideoFrame&) { return ++taken < 3; };
  const auto file = fixture("cuts.mp4");
  EXPECT_EQ(walk_video(std::as_bytes(std::span(file)), {}, how), "");
  EXPECT_EQ(taken, 3);
  EXPECT_EQ(walk(file, {}, {.max_seconds = 1.0}).frames.size(), 25u);
}

TEST(WalkVideo, bad_clips_give_a_reason) {
  EXPECT_EQ(walk("").reason, "an empty file");
  EXPECT_EQ(walk(fixture("tone.flac")).reason, "has no pictures");
  EXPECT_THAT(walk(fixture("cuts.mp4"), {}, {.max_pixels = 100}).reason, HasSubstr("above the limit of 100"));
  const auto file = fixture("cuts.mp4");
  EXPECT_THAT(walk(file.substr(0, file.size() / 2)).reason, HasSubstr("cut short"));
}

TEST(WalkVideo, a_clip_cut_anywhere_neither_crashes_nor_hangs) {
  for (const auto* name : {"cuts.mp4", "rotated.mov"}) {
    const auto file = fixture(name);
    for (std::size_t size = 1; size < file.size(); size += 1 + file.size() / 31)
      EXPECT_LE(walk(file.substr(0, size)).frames.size(), 75u);
  }
}

TEST(WalkVideo, of_scrambled_bytes_neither_crashes_nor_hangs) {
  const auto file = fixture("cuts.mp4");
  for (unsigned seed = 1; seed <= 40; ++seed) {
    auto broken = file;
    unsigned state = seed;
    for (int k = 0; k < 60; ++k) {
      state = state * 1664525u + 1013904223u;
      broken[state % broken.size()] = static_cast<char>(state >> 24);
    }
    EXPECT_LE(walk(broken).frames.size(), 200u);
  }
}

void expect_ascending(const std::vector<VideoFrame>& frames) {
  for (std::size_t i = 1; i < frames.size(); ++i) {
    EXPECT_EQ(frames[i].number, frames[i - 1].number + 1);
    EXPECT_GT(frames[i].seconds, frames[i - 1].seconds) << "frame " << i;
  }
}

TEST(WalkVideo, frames_whose_time_stamps_are_reordered_are_all_handed_out_in_time) {
  const auto file = fixture("cuts.mp4");
  ASSERT_NE(reversed_stamps(file), file);
  const auto got = walk(reversed_stamps(file));
  EXPECT_EQ(got.reason, "");
  EXPECT_EQ(got.frames.size(), 75u);
  expect_ascending(got.frames);
  EXPECT_NEAR(got.frames.back().seconds, 2.96, 0.2);
}

TEST(WalkVideo, packets_that_are_reordered_are_told_where_many_frames_suffer) {
  const auto file = fixture("card.mpegts");
  EXPECT_EQ(walk(file).reason, "");
  ASSERT_EQ(swapped_blocks(file, 8).size(), file.size());
  for (const std::size_t packets : {1u, 2u, 8u, 20u}) {
    const auto got = walk(swapped_blocks(file, packets));
    EXPECT_THAT(got.reason, HasSubstr("broken")) << packets;
    expect_ascending(got.frames);
  }
}

TEST(WalkVideo, real_clips_of_any_rotation_stand_upright) {
  const auto* root = std::getenv("MEDLEY_DATA");
  if (root == nullptr) GTEST_SKIP() << "MEDLEY_DATA is not set";
  const auto clip = [&](const std::string& name) {
    return walk(read_file(std::string(root) + "/media/video/" + name, 1 << 24));
  };
  for (const auto* name : {"video_0.mov", "video_180.mov"})
    EXPECT_EQ(clip(name).images.at(0).width, 568) << name;
  for (const auto* name : {"video_90.mov", "video_270.mov"})
    EXPECT_EQ(clip(name).images.at(0).height, 568) << name;
  const auto unordered = clip("unordered.mov");
  for (std::size_t i = 1; i < unordered.frames.size(); ++i)
    EXPECT_GT(unordered.frames[i].seconds, unordered.frames[i - 1].seconds);
  const auto corrupted = clip("corrupted.mp4");
  EXPECT_TRUE(!corrupted.reason.empty() || !corrupted.frames.empty());
}

}  // namespace

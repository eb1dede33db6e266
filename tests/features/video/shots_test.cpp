#include "medley/core/file.h"
#include "medley/features/video/cuts.h"
#include "medley/media/video/frames.h"

#include "tests/features/items.h"
#include "tests/media/fixture.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>

using namespace medley;
using namespace medley::features;
using namespace medley::features::testing;
using medley::media::fixture;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

namespace {

Clip clip_of(std::string file) {
  return Clip([file = std::move(file)](const media::VideoWalk& how) {
    return media::walk_video(std::as_bytes(std::span(file)), {}, how);
  });
}

Vectors of(const Clip& clip, const ParamMap& params = {}) {
  Items items;
  items.add({}, {}, {}, nullptr, nullptr, &clip);
  return transform(*make("video/shots", params), items.all());
}

std::vector<std::int64_t> starts_in(const std::string& file) {
  FrameWatcher watcher;
  std::vector<float> distances;
  media::VideoWalk walk;
  walk.longer_side = 64;
  walk.take = [&](const media::VideoFrame& frame) {
    distances.push_back(watcher.next(*frame.image).histogram);
    return true;
  };
  media::walk_video(std::as_bytes(std::span(file)), {}, walk);
  return shot_starts(distances, {});
}

TEST(Shots, known_cuts_are_found_exactly) {
  EXPECT_THAT(starts_in(fixture("cuts.mp4")), ElementsAre(0, 20, 50));
  EXPECT_THAT(starts_in(fixture("rotated.mov")), ElementsAre(0));
}

TEST(Shots, a_row_is_the_mean_and_the_maximum_of_the_key_frames) {
  const auto file = fixture("cuts.mp4");
  const auto color = make("image/color");
  const auto dim = static_cast<std::size_t>(color->dim());
  std::vector<float> mean(dim), most(dim);
  int count = 0;
  media::VideoWalk walk;
  // Shots are [0, 20), [20, 50) and [50, 75).
  walk.wants = [](std::int64_t number) { return number == 9 || number == 34 || number == 62; };
  walk.take = [&](const media::VideoFrame& frame) {
    Item item;
    item.image = frame.image;
    const auto vectors = transform(*color, std::span(&item, 1));
    const auto values = row(vectors, 0);
    for (std::size_t c = 0; c < dim; ++c) {
      mean[c] += values[c] / 3.0f;
      most[c] = count == 0 ? values[c] : std::max(most[c], values[c]);
    }
    ++count;
    return true;
  };
  ASSERT_EQ(media::walk_video(std::as_bytes(std::span(file)), {}, walk), "");
  ASSERT_EQ(count, 3);
  const auto got = of(clip_of(file));
  ASSERT_EQ(got.present[0], 1) << got.notes[0];
  const auto values = row(got, 0);
  ASSERT_EQ(values.size(), 2 * dim + 4);
  for (std::size_t c = 0; c < dim; ++c) {
    EXPECT_NEAR(values[c], mean[c], 1e-6);
    EXPECT_EQ(values[dim + c], most[c]);
  }
  EXPECT_GT(values[2 * dim], 0.005f) << "the test card moves";
  EXPECT_NEAR(values[2 * dim + 2], std::log1p(60.0 * 2 / 2.96), 1e-4);
  EXPECT_NEAR(values[2 * dim + 3], std::log1p(2.96), 1e-4);
}

TEST(Shots, any_picture_extractor_describes_the_key_frames) {
  const auto got = of(clip_of(fixture("rotated.mov")), {{"frames", "image/lbp"}});
  EXPECT_EQ(got.present[0], 1);
  const auto lbp = make("image/lbp");
  EXPECT_EQ(static_cast<int>(row(got, 0).size()), 2 * lbp->dim() + 4);
  // One shot: mean and maximum are the same, nothing moves, nothing is cut.
  const auto dim = static_cast<std::size_t>(lbp->dim());
  for (std::size_t c = 0; c < dim; ++c) EXPECT_EQ(row(got, 0)[c], row(got, 0)[dim + c]);
  EXPECT_LT(row(got, 0)[2 * dim], 0.01f);
  EXPECT_EQ(row(got, 0)[2 * dim + 2], 0.0f);
}

TEST(Shots, what_describes_no_pictures_is_refused) {
  EXPECT_THROW(make("video/shots", {{"frames", "text/tfidf"}}), Error);
  EXPECT_THROW(make("video/shots", {{"frames", "image/colour"}}), Error);
  EXPECT_THROW(make("video/shots", {{"frames", "image/hog(cell=[8,16])"}}), Error);
}

TEST(Shots, raw_pixels_of_key_frames_make_no_row) {
  const auto vectors = of(clip_of(fixture("cuts.mp4")), {{"frames", "image/pixels(width=8, height=8)"}});
  EXPECT_EQ(vectors.present[0], 0);
  EXPECT_THAT(vectors.notes[0], HasSubstr("raw pixels"));
}

TEST(Shots, the_version_follows_that_of_the_picture_extractor) {
  EXPECT_EQ(make("video/shots")->version() % 1000, make("image/color")->version());
}

TEST(Shots, of_many_shots_some_are_described) {
  const auto three = of(clip_of(fixture("cuts.mp4")));
  const auto one = of(clip_of(fixture("cuts.mp4")), {{"max_shots", "1"}});
  EXPECT_EQ(one.present[0], 1);
  const auto dim = static_cast<std::size_t>(make("image/color")->dim());
  EXPECT_NE(row(one, 0)[0], row(three, 0)[0]);
  EXPECT_EQ(row(one, 0)[2 * dim + 2], row(three, 0)[2 * dim + 2]) << "the cuts are counted all the same";
}

TEST(Shots, a_broken_clip_is_absent_with_a_reason) {
  const auto file = fixture("cuts.mp4");
  const auto cut = of(clip_of(file.substr(0, file.size() / 2)));
  EXPECT_EQ(cut.present[0], 0);
  EXPECT_THAT(cut.notes[0], HasSubstr("cut short"));
  for (const float value : row(cut, 0)) EXPECT_EQ(value, 0.0f);
  EXPECT_EQ(of(clip_of("")).notes[0], "an empty file");
  EXPECT_EQ(of(clip_of(fixture("tone.ogg"))).notes[0], "has no pictures");
}

TEST(Shots, real_clips_have_a_row_or_a_reason) {
  const auto* root = std::getenv("MEDLEY_DATA");
  if (root == nullptr) GTEST_SKIP() << "MEDLEY_DATA is not set";
  const auto folder = std::string(root) + "/media/video/";
  for (const auto* name :
       {"video_0.mov", "video_90.mov", "video_180.mov", "video_270.mov", "flipping_a_pancake.mkv"}) {
    const auto got = of(clip_of(read_file(folder + name, 1 << 24)));
    EXPECT_EQ(got.present[0], 1) << name << ": " << got.notes[0];
  }
  for (const auto* name : {"corrupted.mp4", "unordered.mov"}) {
    const auto got = of(clip_of(read_file(folder + name, 1 << 24)));
    EXPECT_EQ(got.present[0] == 0, !got.notes[0].empty()) << name;
    for (const float value : row(got, 0)) EXPECT_TRUE(std::isfinite(value));
  }
}

}  // namespace

#include "medley/core/file.h"
#include "medley/media/video/frames.h"

#include "tests/features/items.h"
#include "tests/features/video/clips.h"
#include "tests/media/fixture.h"
#include "tests/media/reordered.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstdlib>
#include <map>

using namespace medley;
using namespace medley::features;
using namespace medley::features::test;
using medley::media::fixture;
using ::testing::HasSubstr;

namespace {

Vectors rows_of(const Clip& clip, const ParamMap& params = {}) {
  Items items;
  items.add({}, {}, {}, nullptr, nullptr, &clip);
  return transform(*make("video/shots", params), items.all());
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
  const auto got = rows_of(clip_of(file));
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
  const auto got = rows_of(clip_of(fixture("rotated.mov")), {{"frames", "image/lbp"}});
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

/// Scenes of one colour each, ten frames a scene at ten a second.
Clip scenes(std::vector<std::array<std::uint8_t, 3>> colours) {
  return Clip([colours = std::move(colours)](const media::VideoWalk& walk) {
    for (std::size_t number = 0; number < 10 * colours.size(); ++number) {
      const auto at = static_cast<std::int64_t>(number);
      if (walk.wants && !walk.wants(at)) continue;
      auto frame = media::Image::sized(32, 32);
      for (std::size_t k = 0; k < frame.rgb.size(); ++k) frame.rgb[k] = colours[number / 10][k % 3];
      if (!walk.take({at, 0.1 * static_cast<double>(number), &frame})) break;
    }
    return std::string();
  });
}

constexpr std::array<std::uint8_t, 3> kRedShot{220, 20, 20}, kGreenShot{20, 200, 20}, kBlueShot{20, 20, 220};

/// <row of the clip, direction> by part.
std::map<std::string, double> taken_apart(const Clip& clip, std::span<const float> direction,
                                          const ParamMap& params = {}) {
  const auto extractor = make("video/shots", params);
  const auto* apart = dynamic_cast<const TakesRowsApart*>(extractor.get());
  EXPECT_NE(apart, nullptr);
  QuietServices quiet(1);
  Item item;
  item.clip = &clip;
  const std::vector<float> origin(direction.size());
  std::map<std::string, double> out;
  for (const auto& part : apart->parts(item, origin, direction, quiet)) {
    EXPECT_EQ(part.is_place, part.name.starts_with("frame at "));
    out[part.name] += part.value;
  }
  return out;
}

TEST(Shots, the_scene_that_two_clips_share_carries_their_likeness) {
  // The row of a clip of red alone, where those of green and blue are empty: bins of the histogram.
  auto direction = row(rows_of(scenes({kRedShot})), 0);
  const auto greens = row(rows_of(scenes({kGreenShot})), 0), blues = row(rows_of(scenes({kBlueShot})), 0);
  for (std::size_t c = 0; c < direction.size(); ++c)
    if (greens[c] != 0.0f || blues[c] != 0.0f) direction[c] = 0.0f;
  std::fill(direction.end() - 4, direction.end(), 0.0f);
  const auto dim = (direction.size() - 4) / 2;
  double square = 0.0;  // of the red frame's vector
  for (std::size_t c = 0; c < dim; ++c)
    square += static_cast<double>(direction[c]) * static_cast<double>(direction[c]);
  const auto parts = taken_apart(scenes({kGreenShot, kRedShot, kBlueShot}), direction);
  ASSERT_EQ(parts.size(), 3u + 4u);
  const auto green = parts.at("frame at 0:00.4 in shot 1"), red = parts.at("frame at 0:01.4 in shot 2"),
             blue = parts.at("frame at 0:02.4 in shot 3");
  // A third of the mean is the red frame, and so is the maximum in every column that red has.
  EXPECT_NEAR(red, square / 3 + square, 0.05 * square);
  EXPECT_LT(std::abs(green), 0.1 * square);
  EXPECT_LT(std::abs(blue), 0.1 * square);
  for (const auto* own : {"motion", "deviation of motion", "cuts a minute", "length"})
    EXPECT_EQ(parts.at(own), 0.0) << own;
}

TEST(Shots, of_frames_that_reach_the_maximum_alike_the_first_has_it) {
  const auto values = row(rows_of(scenes({kRedShot, kBlueShot, kRedShot})), 0);
  const auto dim = (values.size() - 4) / 2;
  std::vector<float> direction(values.size());
  std::fill_n(direction.begin() + static_cast<std::ptrdiff_t>(dim), dim, 1.0f);
  const auto parts = taken_apart(scenes({kRedShot, kBlueShot, kRedShot}), direction);
  EXPECT_GT(parts.at("frame at 0:00.4 in shot 1"), 0.1);
  EXPECT_EQ(parts.at("frame at 0:02.4 in shot 3"), 0.0);
}

TEST(Shots, the_parts_of_a_real_clip_sum_to_its_inner_product) {
  const auto file = fixture("cuts.mp4");
  for (const auto& params : {ParamMap{}, ParamMap{{"frames", "image/hog"}}, ParamMap{{"max_shots", "2"}}}) {
    const auto values = row(rows_of(clip_of(file), params), 0);
    std::vector<float> direction;
    for (std::size_t c = 0; c < values.size(); ++c) direction.push_back(std::sin(static_cast<float>(c)));
    double product = 0.0, size = 0.0, sum = 0.0;
    for (std::size_t c = 0; c < values.size(); ++c) {
      product += static_cast<double>(values[c]) * static_cast<double>(direction[c]);
      size += std::abs(static_cast<double>(values[c]) * static_cast<double>(direction[c]));
    }
    const auto parts = taken_apart(clip_of(file), direction, params);
    EXPECT_EQ(parts.size(), (params.count("max_shots") != 0 ? 2u : 3u) + 4u);
    for (const auto& [name, value] : parts) sum += value;
    EXPECT_NEAR(sum, product, 1e-6 * size);
  }
}

TEST(Shots, a_clip_without_a_row_has_no_parts) {
  const std::vector<float> direction(row(rows_of(scenes({kRedShot})), 0).size(), 1.0f);
  const auto file = fixture("cuts.mp4");
  EXPECT_TRUE(taken_apart(clip_of(file.substr(0, file.size() / 2)), direction).empty());
  EXPECT_TRUE(taken_apart(scenes({}), direction).empty());
}

TEST(Shots, raw_pixels_of_key_frames_make_no_row) {
  const auto vectors = rows_of(clip_of(fixture("cuts.mp4")), {{"frames", "image/pixels(width=8, height=8)"}});
  EXPECT_EQ(vectors.present[0], 0);
  EXPECT_THAT(vectors.notes[0], HasSubstr("raw pixels"));
}

TEST(Shots, the_version_follows_that_of_the_picture_extractor) {
  EXPECT_EQ(make("video/shots")->version() % 1000, make("image/color")->version());
}

TEST(Shots, of_many_shots_some_are_described) {
  const auto three = rows_of(clip_of(fixture("cuts.mp4")));
  const auto one = rows_of(clip_of(fixture("cuts.mp4")), {{"max_shots", "1"}});
  EXPECT_EQ(one.present[0], 1);
  const auto dim = static_cast<std::size_t>(make("image/color")->dim());
  EXPECT_NE(row(one, 0)[0], row(three, 0)[0]);
  EXPECT_EQ(row(one, 0)[2 * dim + 2], row(three, 0)[2 * dim + 2]) << "the cuts are counted all the same";
}

TEST(Shots, a_broken_clip_is_absent_with_a_reason) {
  const auto file = fixture("cuts.mp4");
  const auto cut = rows_of(clip_of(file.substr(0, file.size() / 2)));
  EXPECT_EQ(cut.present[0], 0);
  EXPECT_THAT(cut.notes[0], HasSubstr("cut short"));
  for (const float value : row(cut, 0)) EXPECT_EQ(value, 0.0f);
  EXPECT_EQ(rows_of(clip_of("")).notes[0], "an empty file");
  EXPECT_EQ(rows_of(clip_of(fixture("tone.ogg"))).notes[0], "has no pictures");
}

TEST(Shots, a_clip_of_reordered_time_stamps_has_a_row) {
  const auto got = rows_of(clip_of(media::reversed_stamps(fixture("cuts.mp4"))));
  ASSERT_EQ(got.present[0], 1) << got.notes[0];
  for (const float value : row(got, 0)) EXPECT_TRUE(std::isfinite(value));
  // The scenes follow each other as they did.
  EXPECT_NEAR(row(got, 0).back(), std::log1p(2.96), 0.05);
  const auto dim = static_cast<std::size_t>(make("image/color")->dim());
  EXPECT_NEAR(row(got, 0)[2 * dim + 2], std::log1p(60.0 * 2 / 2.96), 0.05);
}

TEST(Shots, a_clip_of_reordered_packets_is_absent_with_a_reason) {
  const auto file = fixture("card.mpegts");
  EXPECT_EQ(rows_of(clip_of(file)).present[0], 1);
  const auto got = rows_of(clip_of(media::swapped_blocks(file, 8)));
  EXPECT_EQ(got.present[0], 0);
  EXPECT_THAT(got.notes[0], HasSubstr("packets cannot be decoded"));
  for (const float value : row(got, 0)) EXPECT_EQ(value, 0.0f);
}

TEST(Shots, real_clips_have_a_row_or_a_reason) {
  const auto* root = std::getenv("MEDLEY_DATA");
  if (root == nullptr) GTEST_SKIP() << "MEDLEY_DATA is not set";
  const auto folder = std::string(root) + "/media/video/";
  for (const auto* name :
       {"video_0.mov", "video_90.mov", "video_180.mov", "video_270.mov", "flipping_a_pancake.mkv"}) {
    const auto got = rows_of(clip_of(read_file(folder + name, 1 << 24)));
    EXPECT_EQ(got.present[0], 1) << name << ": " << got.notes[0];
  }
  for (const auto* name : {"corrupted.mp4", "unordered.mov"}) {
    const auto got = rows_of(clip_of(read_file(folder + name, 1 << 24)));
    EXPECT_EQ(got.present[0] == 0, !got.notes[0].empty()) << name;
    for (const float value : row(got, 0)) EXPECT_TRUE(std::isfinite(value));
  }
}

}  // namespace

#include "medley/features/video/clip_shots.h"

#include "medley/core/error.h"

#include "tests/features/video/clips.h"
#include "tests/media/fixture.h"
#include <gmock/gmock.h>

#include <array>
#include <cmath>

using namespace medley;
using namespace medley::features;
using medley::features::test::clip_of;
using medley::media::fixture;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

namespace {

/// Frames of one grey each, ten a second.
Clip greys(std::vector<std::uint8_t> values) {
  return Clip([values = std::move(values)](const media::VideoWalk& walk) {
    for (std::size_t number = 0; number < values.size(); ++number) {
      auto frame = media::Image::sized(8, 8);
      std::fill(frame.rgb.begin(), frame.rgb.end(), values[number]);
      if (!walk.take({static_cast<std::int64_t>(number), 0.1 * static_cast<double>(number), &frame})) break;
    }
    return std::string();
  });
}

ClipShots of(const Clip& clip) {
  QuietServices quiet(1);
  return clip_shots(clip, {}, quiet);
}

TEST(ClipShots, known_cuts_are_found_exactly) {
  const auto cuts = of(clip_of(fixture("cuts.mp4")));
  EXPECT_EQ(cuts.reason, "");
  EXPECT_THAT(cuts.starts, ElementsAre(0, 20, 50));
  EXPECT_EQ(cuts.frames, 75);
  EXPECT_NEAR(cuts.seconds, 2.96, 1e-3);
  EXPECT_THAT(of(clip_of(fixture("rotated.mov"))).starts, ElementsAre(0));
}

TEST(ClipShots, motion_is_that_within_shots) {
  // Steps of 2, 4 and 2 of 255, a cut to white, then steps of 4, 0, 0 and 0.
  const auto shots = of(greys({0, 2, 6, 8, 8, 8, 255, 251, 251, 251, 251, 251}));
  ASSERT_THAT(shots.starts, ElementsAre(0, 6));
  const std::array steps{2.0, 4.0, 2.0, 0.0, 0.0, 4.0, 0.0, 0.0, 0.0, 0.0};
  double mean = 0.0, variance = 0.0;
  for (const auto step : steps) mean += step / 255.0 / 10.0;
  for (const auto step : steps) variance += (step / 255.0 - mean) * (step / 255.0 - mean) / 10.0;
  EXPECT_NEAR(shots.motion, mean, 1e-6);
  EXPECT_NEAR(shots.motion_deviation, std::sqrt(variance), 1e-5);
}

TEST(ClipShots, one_frame_is_a_shot_that_does_not_move) {
  const auto shots = of(greys({7}));
  EXPECT_THAT(shots.starts, ElementsAre(0));
  EXPECT_EQ(shots.frames, 1);
  EXPECT_EQ(shots.motion, 0.0);
  EXPECT_EQ(shots.motion_deviation, 0.0);
}

TEST(ClipShots, what_cannot_be_used_says_why) {
  EXPECT_EQ(of(greys({})).reason, "a clip without frames");
  const auto file = fixture("cuts.mp4");
  EXPECT_THAT(of(clip_of(file.substr(0, file.size() / 2))).reason, HasSubstr("cut short"));
}

TEST(ClipShots, a_cancelled_walk_ends) {
  QuietServices quiet(1);
  quiet.cancel().set();
  EXPECT_THROW(clip_shots(greys({1, 2}), {}, quiet), Error);
}

std::vector<std::int64_t> numbers(const ClipShots& shots, int most) {
  std::vector<std::int64_t> out;
  for (const auto& key : key_frames(shots, most)) {
    EXPECT_GE(key.number, shots.starts[key.shot]);
    out.push_back(key.number);
  }
  return out;
}

TEST(KeyFrames, are_in_the_middle_of_each_shot) {
  ClipShots shots;
  shots.starts = {0, 20, 50};
  shots.frames = 75;
  EXPECT_THAT(numbers(shots, 64), ElementsAre(9, 34, 62));
  EXPECT_THAT(numbers(shots, 3), ElementsAre(9, 34, 62));
}

TEST(KeyFrames, of_many_shots_some_evenly_chosen_have_one) {
  ClipShots shots;
  shots.starts = {0, 20, 50};
  shots.frames = 75;
  EXPECT_THAT(numbers(shots, 1), ElementsAre(34));
  EXPECT_THAT(numbers(shots, 2), ElementsAre(9, 62));
}

}  // namespace

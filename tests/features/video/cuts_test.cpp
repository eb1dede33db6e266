#include "medley/features/video/cuts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>

using namespace medley;
using namespace medley::features;
using testing::ElementsAre;
using testing::IsEmpty;

namespace {

media::Image filled(int width, int height, std::uint8_t red, std::uint8_t green, std::uint8_t blue) {
  auto out = media::Image::sized(width, height);
  for (std::size_t i = 0; i < out.rgb.size(); i += 3) {
    out.rgb[i] = red;
    out.rgb[i + 1] = green;
    out.rgb[i + 2] = blue;
  }
  return out;
}

TEST(FrameWatcher, measures_histograms_and_motion_by_hand) {
  FrameWatcher watcher;
  const auto black = filled(4, 4, 0, 0, 0), white = filled(4, 4, 255, 255, 255);
  auto half = black;
  std::fill(half.rgb.begin(), half.rgb.begin() + static_cast<std::ptrdiff_t>(half.rgb.size() / 2),
            std::uint8_t{255});
  EXPECT_EQ(watcher.next(black).histogram, 0.0f) << "nothing was before";
  const auto to_half = watcher.next(half);
  EXPECT_NEAR(to_half.histogram, 0.5, 1e-6);
  EXPECT_NEAR(to_half.motion, 0.5, 1e-6);
  const auto to_white = watcher.next(white);
  EXPECT_NEAR(to_white.histogram, 0.5, 1e-6);
  const auto to_black = watcher.next(black);
  EXPECT_NEAR(to_black.histogram, 1.0, 1e-6);
  EXPECT_NEAR(to_black.motion, 1.0, 1e-6);
  EXPECT_EQ(watcher.next(black).motion, 0.0f);
}

using Colour = std::array<double, 3>;

media::Image filled(const Colour& colour) {
  const auto level = [&](std::size_t c) { return static_cast<std::uint8_t>(std::lround(colour[c])); };
  return filled(4, 4, level(0), level(1), level(2));
}

/// 25 frames of `from`, as many as `fade` on the way to `to`, 25 of `to`.
std::vector<float> distances_of(const Colour& from, const Colour& to, int fade) {
  FrameWatcher watcher;
  std::vector<float> out;
  for (int t = 0; t < 50 + fade; ++t) {
    const double share = std::clamp((t - 24.0) / (fade + 1.0), 0.0, 1.0);
    Colour mixed{};
    for (std::size_t c = 0; c < 3; ++c) mixed[c] = from[c] + share * (to[c] - from[c]);
    out.push_back(watcher.next(filled(mixed)).histogram);
  }
  return out;
}

constexpr Colour kWhite{255, 255, 255}, kBlack{0, 0, 0}, kOrange{255, 165, 0}, kRed{255, 0, 0},
    kBlue{0, 0, 255};

TEST(FrameWatcher, a_fade_is_one_shot_and_the_same_change_at_once_is_a_cut) {
  for (const auto& [from, to] :
       {std::pair{kWhite, kBlack}, {kBlack, kWhite}, {kOrange, kBlack}, {kOrange, kWhite}, {kRed, kBlue}}) {
    for (const int frames : {12, 25, 50})
      EXPECT_THAT(shot_starts(distances_of(from, to, frames), {}), ElementsAre(0))
          << frames << " frames from " << from[1] << " to " << to[1];
    EXPECT_THAT(shot_starts(distances_of(from, to, 0), {}), ElementsAre(0, 25));
  }
}

TEST(FrameWatcher, colours_that_are_near_are_near_in_every_direction) {
  const auto distance = [](const Colour& a, const Colour& b) {
    FrameWatcher watcher;
    watcher.next(filled(a));
    return watcher.next(filled(b)).histogram;
  };
  // A step of value is 3 of 255 of the way between two bins.
  for (const double grey : {0.0, 63.0, 127.0, 191.0, 254.0})
    EXPECT_NEAR(distance({grey, grey, grey}, {grey + 1, grey + 1, grey + 1}), 3.0 / 255, 1e-6) << grey;
  EXPECT_LT(distance({255, 2, 0}, {255, 0, 2}), 0.04) << "hues of both ends of the circle";
  EXPECT_LT(distance({128, 126, 126}, {126, 126, 128}), 0.04) << "greys of any hue";
  EXPECT_LT(distance({2, 0, 0}, {0, 0, 2}), 0.04) << "blacks of any hue and saturation";
  EXPECT_NEAR(distance(kRed, {0, 255, 255}), 1.0, 1e-6);
}

TEST(FrameWatcher, a_frame_of_another_size_begins_anew) {
  FrameWatcher watcher;
  watcher.next(filled(4, 4, 0, 0, 0));
  const auto change = watcher.next(filled(8, 4, 255, 255, 255));
  EXPECT_EQ(change.histogram, 0.0f);
  EXPECT_EQ(change.motion, 0.0f);
}

TEST(ShotStarts, are_peaks_above_the_threshold) {
  std::vector<float> calm(60, 0.02f);
  EXPECT_THAT(shot_starts(calm, {}), ElementsAre(0));
  calm[20] = 0.9f;
  calm[45] = 0.4f;
  EXPECT_THAT(shot_starts(calm, {}), ElementsAre(0, 20, 45));
  CutRule strict;
  strict.threshold = 0.5;
  EXPECT_THAT(shot_starts(calm, strict), ElementsAre(0, 20));
}

TEST(ShotStarts, where_everything_changes_nothing_is_a_cut) {
  EXPECT_THAT(shot_starts(std::vector<float>(60, 0.5f), {}), ElementsAre(0));
}

TEST(ShotStarts, of_a_flash_only_the_larger_change_counts) {
  std::vector<float> distances(60, 0.01f);
  distances[30] = 0.8f;
  distances[32] = 0.9f;
  EXPECT_THAT(shot_starts(distances, {}), ElementsAre(0, 32));
  distances[32] = 0.8f;
  EXPECT_THAT(shot_starts(distances, {}), ElementsAre(0, 30)) << "of equal ones the first";
}

TEST(ShotStarts, of_no_frames_and_of_one) {
  EXPECT_THAT(shot_starts({}, {}), IsEmpty());
  EXPECT_THAT(shot_starts(std::vector<float>{0.7f}, {}), ElementsAre(0));
}

TEST(ShotStarts, no_shot_is_shorter_than_the_rule_says) {
  std::vector<float> distances(40, 0.0f);
  distances[3] = 1.0f;
  EXPECT_THAT(shot_starts(distances, {}), ElementsAre(0));
  CutRule quick;
  quick.min_frames = 3;
  EXPECT_THAT(shot_starts(distances, quick), ElementsAre(0, 3));
}

}  // namespace

#include "medley/features/video/cuts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

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

#include "medley/features/audio/stft.h"

#include "medley/core/error.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <vector>

namespace medley::features {
namespace {

TEST(Stft, has_a_frame_around_every_hop_and_one_for_a_single_sample) {
  const auto frames = [](std::size_t samples) {
    return Stft(std::vector<float>(samples, 0.5f), {22050, 8, 4}).frames();
  };
  EXPECT_EQ(frames(0), 0);
  EXPECT_EQ(frames(1), 1);
  EXPECT_EQ(frames(3), 1);
  EXPECT_EQ(frames(4), 2);
  EXPECT_EQ(frames(500), 126);
  EXPECT_TRUE(Stft().empty());
}

TEST(Stft, of_a_click_is_the_window_at_its_place_squared) {
  std::vector<float> click(16);
  click[5] = 2.0f;
  const Stft stft(click, {22050, 8, 4});
  ASSERT_EQ(stft.bins(), 5);
  // Frame f covers [4 f - 4, 4 f + 4), so the click is at 9 - 4 f of the window sin^2(pi i / 8).
  for (math::Index frame = 0; frame < stft.frames(); ++frame) {
    const auto place = 9 - 4 * static_cast<double>(frame);
    const double weight = place < 0 || place >= 8 ? 0 : std::pow(std::sin(std::numbers::pi * place / 8), 2);
    for (const float power : stft.power().row(frame)) EXPECT_NEAR(power, 4 * weight * weight, 1e-6) << frame;
  }
}

TEST(Stft, refuses_a_hop_of_nothing_and_a_length_that_is_no_power_of_two) {
  EXPECT_THROW(Stft(std::vector<float>(9), {22050, 2048, 0}), Error);
  EXPECT_THROW(Stft(std::vector<float>(9), {22050, 1000, 10}), Error);
}

}  // namespace
}  // namespace medley::features

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

TEST(Stft, exact_keeps_what_is_drowned_in_rounding_otherwise) {
  // A tone at the centre of a bin, whose samples are 0.5, 0 and -0.5: far from it there is nothing.
  std::vector<float> samples(1024);
  for (std::size_t i = 0; i < samples.size(); i += 2) samples[i] = i % 4 == 0 ? 0.5f : -0.5f;
  const auto floor_of = [&](bool exact) {
    const Stft stft(samples, {22050, 256, 256, exact});
    double most = 0;
    for (math::Index bin = 0; bin < 40; ++bin)
      most = std::max(most, static_cast<double>(stft.power()(2, bin)));
    return most;
  };
  EXPECT_LT(floor_of(true), 1e-24);
  EXPECT_GT(floor_of(false), 1e-18);
}

TEST(Stft, exact_and_not_agree_where_there_is_sound) {
  std::vector<float> samples(3000);
  for (std::size_t i = 0; i < samples.size(); ++i)
    samples[i] = std::sin(0.01f * static_cast<float>(i * i % 1000));
  const StftParams params{22050, 512, 128};
  auto exactly = params;
  exactly.exact = true;
  const Stft one(samples, params), other(samples, exactly);
  for (math::Index frame = 0; frame < one.frames(); ++frame)
    for (math::Index bin = 0; bin < one.bins(); ++bin)
      ASSERT_NEAR(one.power()(frame, bin), other.power()(frame, bin),
                  1e-5 * other.power()(frame, bin) + 1e-4);
}

TEST(Stft, refuses_a_hop_of_nothing_and_a_length_that_is_no_power_of_two) {
  EXPECT_THROW(Stft(std::vector<float>(9), {22050, 2048, 0}), Error);
  EXPECT_THROW(Stft(std::vector<float>(9), {22050, 1000, 10}), Error);
}

}  // namespace
}  // namespace medley::features

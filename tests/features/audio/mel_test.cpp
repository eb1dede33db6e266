#include "medley/features/audio/mel.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace medley::features {
namespace {

TEST(MelFilter, has_triangles_of_area_one_that_are_equally_wide_below_one_kilohertz) {
  // 40 bands up to 8 kHz: 45.245 mels, in steps of 1.10355, each 73.57 Hz below 1 kHz. Bins of 0.9766 Hz.
  const StftParams params{16000, 16384, 512};
  const auto filter = mel_filter(params, 40);
  ASSERT_EQ(filter.bands(), 40u);
  const double bin = 16000.0 / 16384, step = (15 + 27 * std::log(8.0) / std::log(6.4)) / 41 * 200 / 3;
  std::vector<float> flat(8193, 1.0f), out(40);
  filter.apply(flat, out);
  for (std::size_t band = 0; band < 40; ++band) EXPECT_NEAR(out[band] * bin, 1.0, 1e-3) << band;

  std::vector<float> one(8193);
  const auto at_center = static_cast<std::size_t>(std::lround(3 * step / bin));
  one[at_center] = 1.0f;
  filter.apply(one, out);
  EXPECT_NEAR(out[2], 1 / step, 0.01 / step) << "the top of the third triangle";
  EXPECT_NEAR(out[1] + out[3], 0.0, 0.01 / step) << "where its neighbours are zero";
}

TEST(MelFilter, has_empty_bands_where_bins_are_wider_than_bands) {
  const auto filter = mel_filter({22050, 256, 64}, 128);
  std::vector<float> flat(129, 1.0f), out(128);
  filter.apply(flat, out);
  EXPECT_EQ(*std::min_element(out.begin(), out.end()), 0.0f);
  EXPECT_GT(*std::max_element(out.begin(), out.end()), 0.0f);
}

TEST(MelDecibels, of_a_silent_frame_are_eighty_below_the_loud_one) {
  std::vector<float> samples(4096);
  for (std::size_t i = 0; i < 512; ++i) samples[i] = 0.5f * std::sin(0.2f * static_cast<float>(i));
  const StftParams params{22050, 512, 512};
  const auto mels = mel_decibels(Stft(samples, params), mel_filter(params, 20));
  ASSERT_EQ(mels.rows(), 9);
  const auto loud = mels.row(1);
  for (const float value : mels.row(5))
    EXPECT_NEAR(value, std::max(*std::ranges::max_element(mels.row(0)), *std::ranges::max_element(loud)) - 80,
                1e-3);
}

}  // namespace
}  // namespace medley::features

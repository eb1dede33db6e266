#include "medley/features/image/hsv_histogram.h"

#include <gtest/gtest.h>

#include <numeric>

namespace medley::features {
namespace {

TEST(HsvHistogram, counts_the_pixels_of_each_colour) {
  auto image = media::Image::sized(2, 2);
  // Red, green, black, white: hues 0 and 120 of 360, full saturation and value; then neither, and full value
  // alone.
  image.rgb = {255, 0, 0, 0, 255, 0, 0, 0, 0, 255, 255, 255};
  const auto counts = hsv_histogram(image);
  ASSERT_EQ(counts.size(), 128U);
  EXPECT_EQ(counts[(0 * 4 + 3) * 4 + 3], 1);
  EXPECT_EQ(counts[(2 * 4 + 3) * 4 + 3], 1);
  EXPECT_EQ(counts[0], 1);
  EXPECT_EQ(counts[3], 1);
  EXPECT_EQ(std::accumulate(counts.begin(), counts.end(), 0), 4);
}

TEST(HsvHistogram, of_no_pixels_is_zero) {
  const auto counts = hsv_histogram({});
  EXPECT_EQ(std::accumulate(counts.begin(), counts.end(), 0), 0);
}

}  // namespace
}  // namespace medley::features

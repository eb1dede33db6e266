#include "medley/features/image/dominant.h"

#include <gmock/gmock.h>

namespace medley::features {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

/// `counts[k]` pixels of `colors[k]`, in one line.
media::Image stripes(const std::vector<std::array<std::uint8_t, 3>>& colors, const std::vector<int>& counts) {
  media::Image image{0, 1, {}};
  for (std::size_t k = 0; k < colors.size(); ++k) {
    for (int i = 0; i < counts[k]; ++i) image.rgb.insert(image.rgb.end(), colors[k].begin(), colors[k].end());
    image.width += counts[k];
  }
  return image;
}

TEST(DominantColors, few_colours_come_back_as_they_are_with_the_largest_share_first) {
  const auto colors = dominant_colors(stripes({{255, 0, 0}, {0, 0, 255}, {255, 255, 255}}, {2, 5, 3}), 5);
  ASSERT_THAT(colors, SizeIs(3));
  EXPECT_NEAR(colors[0].rgb[0], 0.0, 1e-12);
  EXPECT_NEAR(colors[0].rgb[2], 1.0, 1e-12);
  EXPECT_DOUBLE_EQ(colors[0].share, 0.5);
  EXPECT_NEAR(colors[1].rgb[1], 1.0, 1e-12);
  EXPECT_DOUBLE_EQ(colors[2].share, 0.2);
}

TEST(DominantColors, merges_the_nearest_where_there_are_more_than_asked_for) {
  // Two reds 32 apart and one blue; two colours: the reds' weighted mean and the blue.
  const auto colors = dominant_colors(stripes({{255, 0, 0}, {223, 0, 0}, {0, 0, 255}}, {3, 1, 2}), 2);
  ASSERT_THAT(colors, SizeIs(2));
  EXPECT_NEAR(colors[0].rgb[0], (3 * 255 + 223) / 4.0 / 255, 1e-12);
  EXPECT_NEAR(colors[0].share, 4.0 / 6, 1e-12);
}

TEST(DominantColors, equal_shares_have_an_order_of_their_own) {
  const auto one = dominant_colors(stripes({{255, 0, 0}, {0, 0, 255}}, {4, 4}), 5);
  const auto other = dominant_colors(stripes({{0, 0, 255}, {255, 0, 0}}, {4, 4}), 5);
  ASSERT_THAT(one, SizeIs(2));
  EXPECT_EQ(one[0].rgb, other[0].rgb);
}

TEST(DominantColors, nothing_of_no_pixels) {
  EXPECT_THAT(dominant_colors({}, 5), IsEmpty());
}

}  // namespace
}  // namespace medley::features

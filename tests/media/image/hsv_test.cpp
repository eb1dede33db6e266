#include "medley/media/image/hsv.h"

#include "medley/core/error.h"

#include "pictures.h"

namespace medley::media {
namespace {

std::array<float, 3> hsv_of(std::uint8_t red, std::uint8_t green, std::uint8_t blue) {
  Image image{1, 1, {red, green, blue}};
  std::array<float, 3> out{};
  rgb_to_hsv(image, out);
  return out;
}

TEST(Hsv, puts_primary_and_mixed_colours_on_the_circle) {
  EXPECT_THAT(hsv_of(255, 0, 0), ::testing::ElementsAre(0, 1, 1));
  EXPECT_THAT(hsv_of(255, 255, 0), ::testing::ElementsAre(60, 1, 1));
  EXPECT_THAT(hsv_of(0, 255, 0), ::testing::ElementsAre(120, 1, 1));
  EXPECT_THAT(hsv_of(0, 255, 255), ::testing::ElementsAre(180, 1, 1));
  EXPECT_THAT(hsv_of(0, 0, 255), ::testing::ElementsAre(240, 1, 1));
  EXPECT_THAT(hsv_of(255, 0, 255), ::testing::ElementsAre(300, 1, 1));
  EXPECT_THAT(hsv_of(51, 102, 102), ::testing::ElementsAre(180, 0.5f, 0.4f));
}

TEST(Hsv, gives_greys_no_hue) {
  EXPECT_THAT(hsv_of(0, 0, 0), ::testing::ElementsAre(0, 0, 0));
  EXPECT_THAT(hsv_of(51, 51, 51), ::testing::ElementsAre(0, 0, 0.2f));
}

TEST(Hsv, stays_in_range_for_every_colour) {
  for (int red = 0; red < 256; red += 5) {
    for (int green = 0; green < 256; ++green) {
      for (int blue = 0; blue < 256; blue += 3) {
        const auto [h, s, v] = hsv_of(static_cast<std::uint8_t>(red), static_cast<std::uint8_t>(green),
                                      static_cast<std::uint8_t>(blue));
        ASSERT_TRUE(h >= 0 && h < 360 && s >= 0 && s <= 1 && v >= 0 && v <= 1)
            << red << ' ' << green << ' ' << blue;
      }
    }
  }
}

TEST(Hsv, refuses_a_buffer_of_another_length) {
  Image image{1, 1, {1, 2, 3}};
  std::array<float, 2> out{};
  EXPECT_THROW(rgb_to_hsv(image, out), Error);
}

}  // namespace
}  // namespace medley::media

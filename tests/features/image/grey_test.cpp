#include "medley/features/image/grey.h"

#include <gmock/gmock.h>

namespace medley::features {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

media::Image pixels(std::vector<std::uint8_t> rgb) {
  const auto count = static_cast<int>(rgb.size() / 3);
  return {count, 1, std::move(rgb)};
}

TEST(Grey, weighs_red_green_and_blue_as_scikit_image) {
  const auto values = grey(pixels({255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255}));
  EXPECT_THAT(values, ElementsAre(0.2125, 0.7154, 0.0721, 1.0));
}

TEST(Grey, levels_are_rounded_with_halves_to_the_even_one) {
  // 20 x .2125 = 4.25; 2 x .2125 + 1 x .0721 = .4971; 40 x .2125 = 8.5; 100 x .2125 + 175 x .7154 = 146.445;
  // 120 x .2125 = 25.5.
  const auto levels = grey_levels(pixels({20, 0, 0, 2, 0, 1, 40, 0, 0, 100, 175, 0, 120, 0, 0}));
  EXPECT_THAT(levels, ElementsAre(4, 0, 8, 146, 26));
}

TEST(Grey, of_no_pixels_is_empty) {
  EXPECT_THAT(grey(media::Image{}), IsEmpty());
}

}  // namespace
}  // namespace medley::features

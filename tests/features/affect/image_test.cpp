#include "tests/features/items.h"
#include <gmock/gmock.h>

#include <array>

namespace medley::features::test {
namespace {

using ::testing::HasSubstr;

struct PictureFeeling {
  float valence;
  float arousal;
};

media::Image solid(std::array<std::uint8_t, 3> rgb) {
  auto image = media::Image::sized(40, 30);
  for (std::size_t i = 0; i < image.rgb.size(); ++i) image.rgb[i] = rgb[i % 3];
  return image;
}

PictureFeeling feeling(const media::Image& image) {
  Items items;
  items.add({}, {}, {}, &image);
  const auto rows = transform(*make("affect/image"), items.all());
  EXPECT_EQ(rows.present[0], 1);
  const auto values = row(rows, 0);
  return {values[0], values[1]};
}

TEST(AffectImage, equals_the_formula_by_hand) {
  // (204, 102, 0): luminance (.2126 * 204 + .7152 * 102) / 255 = .45616, chroma .8, red - blue .8.
  const double brightness = 2 * .45616 - 1, saturation = 2 * .8 - 1, warmth = .8;
  const auto orange = feeling(solid({204, 102, 0}));
  EXPECT_NEAR(orange.valence, .69 * brightness + .22 * saturation, 1e-6);
  EXPECT_NEAR(orange.arousal, -.31 * brightness + .60 * saturation + .09 * warmth, 1e-6);
}

TEST(AffectImage, saturated_pictures_are_livelier_and_brighter_in_mood_than_grey_ones_of_their_brightness) {
  const std::vector<std::pair<std::array<std::uint8_t, 3>, std::uint8_t>> pairs{
      {{255, 128, 0}, 146}, {{0, 160, 255}, 133}, {{230, 0, 80}, 55}, {{60, 220, 40}, 173}};
  for (const auto& [rgb, level] : pairs) {
    const auto colour = feeling(solid(rgb)), grey = feeling(solid({level, level, level}));
    EXPECT_GT(colour.arousal, 0.0f);
    EXPECT_LT(grey.arousal, 0.0f);
    EXPECT_GT(colour.valence, grey.valence + 0.1f);
  }
}

TEST(AffectImage, bright_pictures_please_and_dark_ones_do_not) {
  EXPECT_GT(feeling(solid({255, 240, 200})).valence, 0.3f);
  EXPECT_LT(feeling(solid({20, 10, 30})).valence, -0.5f);
}

TEST(AffectImage, of_two_colours_alike_in_the_rest_the_warm_one_arouses_more) {
  // The same luminance (.2126 * 200 = .0722 * 200 + .7152 * 39.3) and about the same chroma.
  EXPECT_GT(feeling(solid({200, 0, 0})).arousal, feeling(solid({0, 39, 200})).arousal + 0.1f);
}

TEST(AffectImage, stays_in_its_range_at_the_corners_of_the_colour_cube) {
  constexpr std::array<std::uint8_t, 2> kEnds{0, 255};
  for (const std::uint8_t red : kEnds) {
    for (const std::uint8_t green : kEnds) {
      for (const std::uint8_t blue : kEnds) {
        const auto one = feeling(solid({red, green, blue}));
        EXPECT_LE(std::abs(one.valence), 1.0f);
        EXPECT_LE(std::abs(one.arousal), 1.0f);
      }
    }
  }
}

TEST(AffectImage, a_picture_without_pixels_is_absent) {
  const media::Image none;
  Items items;
  items.add({}, {}, {}, &none);
  const auto rows = transform(*make("affect/image"), items.all());
  EXPECT_EQ(rows.present[0], 0);
  EXPECT_THAT(rows.notes[0], HasSubstr("without pixels"));
}

}  // namespace
}  // namespace medley::features::test

#include "medley/media/image/thumbnail.h"

#include "medley/core/rng.h"
#include "medley/media/image/decode.h"

#include "pictures.h"

namespace medley::media {
namespace {

Image noise(int width, int height) {
  Image out = Image::sized(width, height);
  Rng rng(7);
  for (auto& value : out.rgb) value = static_cast<std::uint8_t>(rng.below(256));
  return out;
}

Image decoded(const std::string& bytes) {
  const auto out = decode_image(std::as_bytes(std::span(bytes)));
  EXPECT_TRUE(out.image) << out.reason;
  return out.image.value_or(Image{});
}

TEST(Thumbnail, keeps_shape_and_colour_within_96_pixels) {
  Image red = Image::sized(400, 200);
  for (std::size_t i = 0; i < red.rgb.size(); i += 3) red.rgb[i] = 200;
  const auto small = decoded(thumbnail(red));
  EXPECT_EQ(small.width, 96);
  EXPECT_EQ(small.height, 48);
  EXPECT_NEAR(small.rgb[0], 200, 8);
  EXPECT_NEAR(small.rgb[2], 0, 8);
}

TEST(Thumbnail, of_pure_noise_still_fits_1500_bytes) {
  const auto bytes = thumbnail(noise(640, 480));
  EXPECT_LE(bytes.size(), 1500u);
  EXPECT_GE(decoded(bytes).width, 16);
}

TEST(Thumbnail, does_not_grow_a_small_picture) {
  const auto small = decoded(thumbnail(noise(5, 3)));
  EXPECT_EQ(small.width, 5);
  EXPECT_EQ(small.height, 3);
}

TEST(Thumbnail, of_a_very_long_picture_has_a_pixel_a_side) {
  const auto small = decoded(thumbnail(noise(2000, 2)));
  EXPECT_EQ(small.width, 96);
  EXPECT_EQ(small.height, 1);
}

TEST(Thumbnail, of_the_same_picture_is_the_same) {
  EXPECT_EQ(thumbnail(noise(120, 90)), thumbnail(noise(120, 90)));
}

}  // namespace
}  // namespace medley::media

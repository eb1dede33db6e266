#include "medley/media/image/tiff.h"

#include "stored_picture.h"

namespace medley::media {
namespace {

using namespace testing;

TEST(Tiff, gives_the_picture_of_each_compression) {
  for (const auto* name : {"picture.tif", "picture_lzw.tif", "picture_deflate.tif", "picture_tiled.tif"})
    expect_picture(name, stored_gradient());
  expect_picture("stripes_jpeg.tif", stored_stripes(), 6);
}

TEST(Tiff, gives_palettes_and_one_bit_exactly) {
  expect_picture("stripes_palette.tif", stored_stripes());
  expect_picture("halves_1_bit.tif", stored_halves());
}

TEST(Tiff, is_laid_over_white_and_turned_upright) {
  expect_picture("picture_alpha.tif", stored_gradient(true), 1);
  for (const auto* name :
       {"picture_orientation_2.tif", "picture_orientation_5.tif", "picture_orientation_6.tif"})
    expect_picture(name, stored_gradient());
}

TEST(Tiff, of_16_bits_keeps_256_levels) {
  for (const char* name : {"ramp_16_bit.tif", "ramp_16_bit_orientation_3.tif"}) {
    const Decoded decoded = decode_image(stored_file(name));
    ASSERT_TRUE(decoded.image) << decoded.reason;
    ASSERT_EQ(decoded.image->width, 256);
    for (int x = 0; x < 256; ++x) EXPECT_EQ(pixel(*decoded.image, x, 0)[1], x) << name;
  }
}

TEST(Tiff, cut_anywhere_gives_a_reason_in_silence) {
  for (const auto* name :
       {"picture.tif", "picture_lzw.tif", "picture_alpha.tif", "picture_orientation_6.tif"})
    expect_cuts_refused(name);
}

TEST(Tiff, with_a_byte_changed_gives_a_picture_or_a_reason_in_silence) {
  for (const auto* name : {"picture.tif", "picture_lzw.tif", "picture_tiled.tif", "stripes_jpeg.tif"})
    expect_flips_survived(name);
}

TEST(Tiff, with_broken_pixels_says_what_libtiff_found) {
  File file = stored_file("picture_deflate.tif");
  // The pixels begin behind the eight bytes of the header.
  for (std::size_t i = 8; i < 40; ++i) file[i] = std::byte{0xff};
  EXPECT_THAT(decode_image(file).reason, ::testing::StartsWith("broken TIFF: "));
}

TEST(Tiff, above_the_limit_is_refused_from_its_header) {
  expect_limit_held("picture.tif");
  expect_limit_held("picture_tiled.tif");
}

}  // namespace
}  // namespace medley::media

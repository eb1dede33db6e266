#include "medley/media/image/tiff.h"

#include "medley/media/image/byte_reader.h"
#include "medley/media/image/exif.h"

#include "stored_picture.h"

namespace medley::media {
namespace {

using namespace test;

TEST(Tiff, gives_the_picture_of_each_compression_and_of_all_parts) {
  for (const auto* name : {"picture.tif", "picture_lzw.tif", "picture_deflate.tif", "picture_tiled.tif",
                           "picture_strips.tif", "picture_planes.tif"})
    expect_picture(name, stored_gradient());
  expect_picture("stripes_jpeg.tif", stored_stripes(), 6);
}

TEST(Tiff, gives_palettes_and_one_bit_exactly) {
  expect_picture("stripes_palette.tif", stored_stripes());
  for (const auto* name :
       {"halves_1_bit.tif", "halves_group4.tif", "halves_white_is_0.tif", "halves_low_bit_first.tif"})
    expect_picture(name, stored_halves());
}

TEST(Tiff, of_ink_gives_its_colours) {
  expect_picture("stripes_cmyk.tif", stored_stripes(), 1);
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

TEST(Tiff, of_16_bits_rounds_to_the_nearest_level) {
  const Decoded decoded = decode_image(stored_file("levels_16_bit.tif"));
  ASSERT_TRUE(decoded.image) << decoded.reason;
  ASSERT_EQ(decoded.image->width, 509);
  for (int x = 0; x < 509; ++x)
    EXPECT_EQ(pixel(*decoded.image, x, 0)[0], std::lround(129 * x / 257.0)) << 129 * x;
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
  EXPECT_THAT(decode_image(broken_pixels()).reason, ::testing::StartsWith("broken TIFF: "));
}

/// The file with another value of a tag that holds one number.
File with_tag(File file, std::uint32_t id, std::uint32_t value) {
  const ByteReader in(file);
  const std::size_t directory = in.u32(4);
  for (std::size_t at = directory + 2; at < directory + 2 + 12 * in.u16(directory); at += 12) {
    if (in.u16(at) != id) continue;
    for (std::size_t i = 0; i < (in.u16(at + 2) == 3 ? 2 : 4); ++i)
      file[at + 8 + i] = static_cast<std::byte>(value >> (8 * i));
  }
  EXPECT_EQ(tiff_value(file, id), value);
  return file;
}

TEST(Tiff, whose_strip_holds_fewer_rows_than_it_should_is_refused) {
  const File file = with_tag(with_tag(stored_file("stripes_jpeg.tif"), 257, 24), 278, 24);
  EXPECT_THAT(decode_image(file).reason, ::testing::StartsWith("broken TIFF: Improper JPEG strip/tile size"));
}

TEST(Tiff, of_a_compression_whose_decoder_has_no_bounds_is_refused) {
  // JBIG of 4294967280 x 4294967280 pixels, whose library would end the process.
  const std::string_view jbig("\0\0\1\0\xff\xff\xff\xf0\xff\xff\xff\xf0\0\0\0\x80\x08\0\0\0", 20);
  const File file = tiff_with({{256, {16}},
                               {257, {16}},
                               {258, {1}},
                               {259, {34661}},
                               {262, {1}},
                               {273, {122}},
                               {277, {1}},
                               {278, {16}},
                               {279, {60}}},
                              std::string(jbig) + std::string(40, '\0'));
  EXPECT_EQ(decode_image(file).reason, "TIFF with compression 34661 is not supported");
}

TEST(Tiff, whose_strips_are_the_same_bytes_again_and_again_is_refused) {
  const File file = tiff_with({{256, {50}},
                               {257, {100}},
                               {258, {8}},
                               {259, {5}},
                               {262, {1}},
                               {273, std::vector<std::uint32_t>(100, 8)},
                               {277, {1}},
                               {278, {1}},
                               {279, std::vector<std::uint32_t>(100, 2'000'000)}},
                              std::string(2'100'000, '\0'));
  EXPECT_EQ(decode_image(file).reason, "broken TIFF: its parts lie over each other");
}

TEST(Tiff, of_tiles_many_times_as_large_as_the_picture_is_refused) {
  const File file = tiff_with({{256, {1}},
                               {257, {1 << 20}},
                               {258, {8}},
                               {259, {32773}},
                               {262, {1}},
                               {277, {1}},
                               {322, {1 << 20}},
                               {323, {4}},
                               {324, std::vector<std::uint32_t>(1 << 18, 8)},
                               {325, std::vector<std::uint32_t>(1 << 18, 9)}});
  EXPECT_EQ(decode_image(file).reason, "broken TIFF: 262144 tiles of 4194304 bytes");
}

TEST(Tiff, of_tiles_gives_each_pixel_of_grey_once) {
  Image levels = Image::sized(20, 12), over = levels;
  for (int y = 0; y < 12; ++y) {
    const int alpha = y < 4 ? 0 : y < 8 ? 128 : 255;
    for (int x = 0; x < 20; ++x) {
      std::fill_n(pixel(levels, x, y), 3,
                  static_cast<std::uint8_t>(std::lround((3277 * x + 129 * y) / 257.0)));
      std::fill_n(pixel(over, x, y), 3,
                  static_cast<std::uint8_t>(std::lround((12 * x * alpha + 255 * (255 - alpha)) / 255.0)));
    }
  }
  expect_picture("grey_16_bit_tiles.tif", levels);
  expect_picture("grey_16_bit_tiles_white_is_0.tif", levels);
  expect_picture("grey_alpha_tiles.tif", over, 1);
  expect_picture("grey_alpha.tif", over, 1);
}

TEST(Tiff, whose_decoder_goes_on_after_lost_pixels_is_refused) {
  File facsimile = stored_file("halves_group4.tif");
  const auto start = tiff_value(facsimile, 273).value();
  ASSERT_EQ(decode_image(facsimile).reason, "");
  facsimile[start + 2] = std::byte{0};
  EXPECT_THAT(decode_image(facsimile).reason, ::testing::StartsWith("broken TIFF: "));

  File jpeg = stored_file("stripes_jpeg.tif");
  const auto end = tiff_value(jpeg, 273).value() + tiff_value(jpeg, 279).value();
  // The end of the scan, in the middle of it.
  jpeg[end - 40] = std::byte{0xff};
  jpeg[end - 39] = std::byte{0xd9};
  EXPECT_THAT(decode_image(jpeg).reason, ::testing::StartsWith("broken TIFF: "));
}

TEST(Tiff, of_a_kind_that_libtiff_does_not_turn_to_colours_says_so) {
  File file = stored_file("halves_1_bit.tif");
  const std::string tag("\x06\x01\x03\0\x01\0\0\0", 8);  // 262, one SHORT
  const auto at = std::ranges::search(file, file_of(tag)).begin() - file.begin();
  ASSERT_LT(at, std::ssize(file));
  file[static_cast<std::size_t>(at) + 8] = std::byte{8};  // CIE L*a*b*, of which one sample is not enough
  EXPECT_THAT(decode_image(file).reason, ::testing::StartsWith("TIFF that is not supported: "));
}

TEST(Tiff, above_the_limit_is_refused_from_its_header) {
  expect_limit_held("picture.tif");
  expect_limit_held("picture_tiled.tif");
}

TEST(Tiff, of_another_size_than_its_header_says_is_broken) {
  expect_size_checked("picture.tif", tiff_header, decode_tiff);
}

}  // namespace
}  // namespace medley::media

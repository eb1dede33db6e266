#include "medley/media/image/bmp.h"

#include "stored_picture.h"

namespace medley::media {
namespace {

using namespace test;

/// A BMP of `width` pixels in one row of 16 bits each: 5 a colour, or by masks of 5, 6 and 5.
File row_of_16_bits(const std::vector<std::uint32_t>& pixels, bool masks) {
  std::string file("BM");
  const auto start = masks ? 66U : 54U;
  const auto width = static_cast<std::uint32_t>(pixels.size());
  for (const std::uint32_t value : {start + 4 * ((width + 1) / 2), 0U, start, 40U, width, 1U})
    append_number(file, value, 4);
  append_number(file, 1, 2);
  append_number(file, 16, 2);
  for (const std::uint32_t value : {masks ? 3U : 0U, 0U, 0U, 0U, 0U, 0U}) append_number(file, value, 4);
  if (masks)
    for (const std::uint32_t value : {0xf800U, 0x07e0U, 0x001fU}) append_number(file, value, 4);
  for (const auto value : pixels) append_number(file, value, 2);
  if (width % 2 == 1) append_number(file, 0, 2);
  return file_of(file);
}

TEST(Bmp, gives_the_picture_of_each_depth) {
  expect_picture("picture.bmp", stored_gradient());
  expect_picture("picture_32_bit.bmp", stored_gradient());
  expect_picture("stripes_palette.bmp", stored_stripes());
  expect_picture("halves_1_bit.bmp", stored_halves());
}

TEST(Bmp, takes_the_fourth_byte_of_a_pixel_for_nothing) {
  // Pillow stores the alpha of an RGBA picture there; the colours stand as they are.
  expect_picture("picture_alpha_ignored.bmp", stored_gradient());
}

TEST(Bmp, spreads_16_bits_over_all_levels) {
  for (const bool masks : {false, true}) {
    const std::vector<std::uint32_t> pixels =
        masks ? std::vector<std::uint32_t>{0, 0xffff, 0xf800, 0x07e0, 0x001f}
              : std::vector<std::uint32_t>{0, 0x7fff, 0x7c00, 0x03e0, 0x001f};
    const Decoded decoded = decode_image(row_of_16_bits(pixels, masks));
    ASSERT_TRUE(decoded.image) << decoded.reason;
    EXPECT_THAT(decoded.image->rgb,
                ::testing::ElementsAre(0, 0, 0, 255, 255, 255, 255, 0, 0, 0, 255, 0, 0, 0, 255))
        << masks;
  }
}

TEST(Bmp, may_be_stored_from_the_top) {
  File file = stored_file("picture.bmp");
  // Its height, negated: the rows are then read from the top, so that the picture stands on its head.
  ASSERT_EQ(file[22], std::byte{12});
  file[22] = std::byte{0xf4};
  for (const std::size_t i : {23U, 24U, 25U}) file[i] = std::byte{0xff};
  const Decoded decoded = decode_image(file);
  ASSERT_TRUE(decoded.image) << decoded.reason;
  const Image picture = stored_gradient();
  for (int y = 0; y < 12; ++y) EXPECT_EQ(pixel(*decoded.image, 7, y)[1], pixel(picture, 7, 11 - y)[1]) << y;
}

TEST(Bmp, of_a_writer_that_left_the_size_of_the_file_out_is_read) {
  File file = stored_file("picture.bmp");
  for (const std::size_t i : {2U, 3U, 4U, 5U}) file[i] = std::byte{0};
  const Decoded decoded = decode_image(file);
  ASSERT_TRUE(decoded.image) << decoded.reason;
  EXPECT_EQ(decoded.image->rgb, stored_gradient().rgb);
}

TEST(Bmp, of_4_bits_a_colour_is_not_supported) {
  File file = row_of_16_bits({0, 0xfff}, true);
  const std::string masks("\0\x0f\0\0\xf0\0\0\0\x0f\0\0\0", 12);
  std::ranges::copy(file_of(masks), file.begin() + 54);
  EXPECT_EQ(decode_image(file).reason, "BMP with 4 bits a colour is not supported");
}

TEST(Bmp, cut_anywhere_gives_a_reason_in_silence) {
  for (const auto* name : {"picture.bmp", "stripes_palette.bmp", "halves_1_bit.bmp"})
    expect_cuts_refused(name);
}

TEST(Bmp, with_a_byte_changed_gives_a_picture_or_a_reason_in_silence) {
  for (const auto* name : {"picture.bmp", "stripes_palette.bmp", "halves_1_bit.bmp"})
    expect_flips_survived(name);
}

TEST(Bmp, above_the_limit_is_refused_from_its_header) {
  expect_limit_held("picture.bmp");
}

TEST(Bmp, of_another_size_than_its_header_says_is_broken) {
  expect_size_checked("picture.bmp", bmp_header, decode_bmp);
}

}  // namespace
}  // namespace medley::media

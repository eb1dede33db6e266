#include "medley/media/image/jpeg.h"

#include "medley/media/image/decode.h"
#include "medley/media/image/resize.h"

#include "pictures.h"

namespace medley::media {
namespace {

using namespace test;

class JpegOrientation : public ::testing::TestWithParam<int> {};

TEST_P(JpegOrientation, comes_out_upright) {
  const Image expected = four_corners();
  for (const bool big_endian : {false, true}) {
    const File file = with_exif(jpeg_of(stored_as(expected, GetParam())), exif_of(GetParam(), big_endian));
    const Decoded decoded = decode_image(file);
    ASSERT_TRUE(decoded.image) << decoded.reason;
    EXPECT_EQ(decoded.image->width, expected.width);
    EXPECT_EQ(decoded.image->height, expected.height);
    EXPECT_LE(mean_difference(*decoded.image, expected), 2.0);
  }
}

INSTANTIATE_TEST_SUITE_P(EachTag, JpegOrientation, ::testing::Range(1, 9));

TEST(Jpeg, is_refused_when_cut_at_60_percent) {
  for (const int flags : {0, TJFLAG_PROGRESSIVE}) {
    const Decoded decoded = decode_image(cut(jpeg_of(four_corners(200, 160), 95, flags), 0.6));
    EXPECT_FALSE(decoded.image);
    EXPECT_EQ(decoded.reason, "JPEG cut short");
  }
}

TEST(Jpeg, cut_at_any_byte_is_refused_without_a_crash) {
  const File whole = jpeg_of(four_corners(24, 16), 90);
  ASSERT_TRUE(decode_image(whole).image);
  // Only the end marker (2 bytes) may be missing without a pixel being lost, and even that is a warning.
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const Decoded decoded = decode_image(std::span(whole).first(size));
    EXPECT_FALSE(decoded.image) << size << " of " << whole.size();
    EXPECT_NE(decoded.reason, "") << size;
  }
}

TEST(Jpeg, with_any_byte_changed_gives_a_picture_or_a_reason) {
  const File whole = jpeg_of(four_corners(24, 16), 90);
  for (std::size_t at = 0; at < whole.size(); ++at) {
    File changed = whole;
    changed[at] ^= std::byte{0x55};
    const Decoded decoded = decode_image(changed, {1'000'000});
    EXPECT_NE(decoded.image.has_value(), !decoded.reason.empty()) << at;
  }
}

TEST(Jpeg, of_cmyk_is_converted) {
  // Pure cyan ink, no black: (0, 255, 255). Adobe's marker means that 0 is full ink; turbojpeg writes it.
  std::vector<std::uint8_t> cmyk;
  for (int i = 0; i < 64; ++i) cmyk.insert(cmyk.end(), {0, 255, 255, 255});
  const tjhandle handle = tjInitCompress();
  unsigned char* data = nullptr;
  unsigned long size = 0;
  ASSERT_EQ(tjCompress2(handle, cmyk.data(), 8, 0, 8, TJPF_CMYK, &data, &size, TJSAMP_444, 95, 0), 0);
  const File file = file_of(data, size);
  tjFree(data);
  tjDestroy(handle);
  ASSERT_TRUE(jpeg_header(file).adobe);
  const Decoded decoded = decode_image(file);
  ASSERT_TRUE(decoded.image) << decoded.reason;
  EXPECT_NEAR(pixel(*decoded.image, 3, 3)[0], 0, 3);
  EXPECT_NEAR(pixel(*decoded.image, 3, 3)[1], 255, 3);
  EXPECT_NEAR(pixel(*decoded.image, 3, 3)[2], 255, 3);
}

TEST(Jpeg, is_reduced_on_request_but_not_below_the_side_asked_for) {
  const Image original = four_corners(640, 480);
  const File file = jpeg_of(original);
  const Decoded decoded = decode_image(file, {}, 128);
  ASSERT_TRUE(decoded.image) << decoded.reason;
  // A quarter would be 160 x 120.
  EXPECT_EQ(decoded.image->width, 320);
  EXPECT_EQ(decoded.image->height, 240);
  EXPECT_LE(mean_difference(*decoded.image, resize(original, 320, 240)), 2.0);
  EXPECT_EQ(decode_image(file, {}, 1000).image->width, 640);
  EXPECT_EQ(decode_image(file).image->width, 640);
}

TEST(Jpeg, in_grey_gives_equal_channels) {
  const Image original = four_corners();
  const tjhandle handle = tjInitCompress();
  unsigned char* data = nullptr;
  unsigned long size = 0;
  ASSERT_EQ(tjCompress2(handle, original.rgb.data(), original.width, 0, original.height, TJPF_RGB, &data,
                        &size, TJSAMP_GRAY, 95, 0),
            0);
  const Decoded decoded = decode_image(std::as_bytes(std::span(data, size)));
  tjFree(data);
  tjDestroy(handle);
  ASSERT_TRUE(decoded.image) << decoded.reason;
  const std::uint8_t* at = pixel(*decoded.image, 5, 5);
  EXPECT_EQ(at[0], at[1]);
  EXPECT_EQ(at[0], at[2]);
}

}  // namespace
}  // namespace medley::media

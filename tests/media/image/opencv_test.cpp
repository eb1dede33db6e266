#include "medley/media/image/opencv.h"

#include "medley/core/file.h"
#include "medley/media/image/decode.h"

#include "pictures.h"

namespace medley::media {
namespace {

using namespace testing;

File fixture(const std::string& name) {
  return file_of(read_file(std::string(MEDLEY_TEST_DATA "/media/data/") + name, 1 << 20));
}

/// The picture that tools/fixtures/pictures.py stores in each format.
Image expected(bool transparent) {
  Image image = Image::sized(20, 12);
  for (int y = 0; y < 12; ++y) {
    for (int x = 0; x < 20; ++x) {
      const std::array<int, 3> color{12 * x, 20 * y, x < 10 ? 200 : 30};
      const int alpha = transparent ? (y < 4 ? 0 : y < 8 ? 128 : 255) : 255;
      for (std::size_t c = 0; c < 3; ++c) {
        pixel(image, x, y)[c] =
            static_cast<std::uint8_t>(std::lround((color[c] * alpha + 255 * (255 - alpha)) / 255.0));
      }
    }
  }
  return image;
}

struct Case {
  const char* file;
  bool transparent;
  double tolerance;
};

class OtherFormats : public ::testing::TestWithParam<Case> {};

TEST_P(OtherFormats, give_the_picture_upright_and_over_white) {
  const Decoded decoded = decode_image(fixture(GetParam().file));
  ASSERT_TRUE(decoded.image) << decoded.reason;
  EXPECT_EQ(decoded.image->width, 20);
  EXPECT_EQ(decoded.image->height, 12);
  EXPECT_LE(mean_difference(*decoded.image, expected(GetParam().transparent)), GetParam().tolerance);
}

TEST_P(OtherFormats, cut_at_any_byte_give_a_reason_in_silence) {
  const File whole = fixture(GetParam().file);
  ::testing::internal::CaptureStderr();
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const Decoded decoded = decode_image(std::span(whole).first(size));
    EXPECT_NE(decoded.image.has_value(), !decoded.reason.empty()) << size;
    // What stands behind the pixels (the metadata of a TIFF, the last padding) may be lost.
    if (size < whole.size() * 3 / 4) EXPECT_FALSE(decoded.image) << size;
  }
  EXPECT_EQ(::testing::internal::GetCapturedStderr(), "");
}

INSTANTIATE_TEST_SUITE_P(
    Media, OtherFormats,
    ::testing::Values(Case{"picture.bmp", false, 0}, Case{"picture_lossless.webp", false, 0},
                      Case{"picture_lossy.webp", false, 12}, Case{"picture_alpha.webp", true, 1},
                      Case{"picture_orientation_6.webp", false, 0}, Case{"picture.tif", false, 0},
                      Case{"picture_lzw.tif", false, 0}, Case{"picture_alpha.tif", true, 1},
                      Case{"picture_orientation_6.tif", false, 0}),
    [](const auto& info) {
      std::string name = info.param.file;
      std::replace(name.begin(), name.end(), '.', '_');
      return name;
    });

TEST(OtherFormats, keep_256_levels_of_a_16_bit_tiff) {
  for (const char* name : {"ramp_16_bit.tif", "ramp_16_bit_orientation_3.tif"}) {
    const Decoded decoded = decode_image(fixture(name));
    ASSERT_TRUE(decoded.image) << decoded.reason;
    ASSERT_EQ(decoded.image->width, 256);
    for (int x = 0; x < 256; ++x) EXPECT_EQ(pixel(*decoded.image, x, 0)[1], x) << name;
  }
}

TEST(OtherFormats, are_refused_above_the_limit_from_their_header) {
  for (const char* name : {"picture.bmp", "picture_lossless.webp", "picture_lossy.webp", "picture.tif"}) {
    EXPECT_EQ(decode_image(fixture(name), {239}).reason, "20 x 12 pixels, the limit is 239") << name;
  }
}

}  // namespace
}  // namespace medley::media

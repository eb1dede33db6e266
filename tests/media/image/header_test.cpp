#include "medley/media/image/header.h"

#include "pictures.h"

namespace medley::media {
namespace {

using namespace test;
using namespace std::string_view_literals;

TEST(ImageHeader, tells_formats_by_their_first_bytes) {
  EXPECT_EQ(image_format(jpeg_of(four_corners())), ImageFormat::jpeg);
  EXPECT_EQ(image_format(png_of(four_corners())), ImageFormat::png);
  EXPECT_EQ(image_format(file_of("RIFF\x10\0\0\0WEBPVP8 "sv)), ImageFormat::webp);
  EXPECT_EQ(image_format(file_of("MM\0*\0\0\0\x08"sv)), ImageFormat::tiff);
  EXPECT_EQ(image_format(file_of("GIF89a......")), ImageFormat::gif);
  EXPECT_EQ(image_format(file_of("\0\0\0\x1c"
                                 "ftypavif"sv)),
            ImageFormat::heif);
  EXPECT_EQ(image_format(file_of("BM is how this text begins, no bitmap")), ImageFormat::unknown);
  EXPECT_EQ(image_format({}), ImageFormat::unknown);
}

TEST(ImageHeader, reads_size_and_orientation_of_a_jpeg) {
  const ImageHeader header = jpeg_header(with_exif(jpeg_of(four_corners(48, 32)), exif_of(8, true)));
  EXPECT_EQ(header.problem, "");
  EXPECT_EQ(header.width, 48);
  EXPECT_EQ(header.height, 32);
  EXPECT_EQ(header.orientation, 8);
  EXPECT_EQ(header.components, 3);
  EXPECT_FALSE(header.adobe);
}

TEST(ImageHeader, says_that_a_jpeg_is_cut_before_its_pixels) {
  File jpeg = jpeg_of(four_corners());
  jpeg.resize(40);
  EXPECT_EQ(jpeg_header(jpeg).problem, "JPEG cut short");
  EXPECT_EQ(jpeg_header(file_of("\xff\xd8\xff\xd9"sv)).problem, "JPEG without a picture");
}

File webp_with(std::string chunk) {
  chunk.resize(32);
  return file_of(std::string("RIFF\x24\0\0\0WEBP"sv) + chunk);
}

TEST(ImageHeader, reads_the_canvas_of_each_kind_of_webp) {
  const ImageHeader extended =
      webp_header(webp_with(std::string("VP8X\x0a\0\0\0\0\0\0\0\x2b\x01\0\xc7\0\0"sv)));
  EXPECT_EQ(extended.problem, "");
  EXPECT_EQ(extended.width, 300);
  EXPECT_EQ(extended.height, 200);
  const ImageHeader moving =
      webp_header(webp_with(std::string("VP8X\x0a\0\0\0\x02\0\0\0\x2b\x01\0\xc7\0\0"sv)));
  EXPECT_EQ(moving.problem, "animated WebP is not supported");
  // 299 | 199 << 14, little-endian.
  const ImageHeader lossless = webp_header(webp_with(std::string("VP8L\x18\0\0\0\x2f\x2b\xc1\x31\0"sv)));
  EXPECT_EQ(lossless.width, 300);
  EXPECT_EQ(lossless.height, 200);
  File cut_short = webp_with(std::string("VP8L\x18\0\0\0\x2f\x2b\xc1\x31\0"sv));
  cut_short.pop_back();
  EXPECT_EQ(webp_header(cut_short).problem, "WebP cut short");
  EXPECT_EQ(webp_header(file_of("RIFF\x08\0\0\0WEBPVP8 "sv)).problem, "WebP cut short");
}

TEST(ImageHeader, takes_a_bmp_without_all_its_rows_as_cut) {
  std::string bmp("BM\0\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\x02\0\0\0\x02\0\0\0\x01\0\x18\0\0\0\0\0", 34);
  bmp.resize(54);
  EXPECT_EQ(bmp_header(file_of(bmp + std::string(16, 'x'))).problem, "");
  EXPECT_EQ(bmp_header(file_of(bmp + std::string(16, 'x'))).width, 2);
  EXPECT_EQ(bmp_header(file_of(bmp + std::string(15, 'x'))).problem, "BMP cut short");
}

TEST(ImageHeader, names_the_size_of_a_bmp_header_of_another_kind) {
  std::string bmp("BM\0\0\0\0\0\0\0\0\x42\0\0\0\x34\0\0\0\x02\0\0\0\x02\0\0\0\x01\0\x18\0\0\0\0\0", 34);
  bmp.resize(100);
  EXPECT_EQ(bmp_header(file_of(bmp)).problem, "BMP with a header of 52 bytes is not supported");
}

TEST(ImageHeader, refuses_a_tiff_that_its_decoder_cannot_bound) {
  const auto tiled = [](std::uint32_t tile, std::uint32_t bytes) {
    return tiff_header(
        tiff_with({{256, {100}}, {257, {80}}, {322, {tile}}, {323, {tile}}, {324, {8}}, {325, {bytes}}}));
  };
  EXPECT_EQ(tiled(256, 10).problem, "");
  EXPECT_EQ(tiled(256, 10).width, 100);
  EXPECT_EQ(tiled(256, 1000).problem, "TIFF cut short");
  EXPECT_EQ(tiled(1 << 20, 10).problem, "broken TIFF: tiles of 1048576 x 1048576");
  EXPECT_EQ(tiled(2200, 10).problem, "broken TIFF: tiles of 2200 x 2200");
  EXPECT_EQ(tiff_header(tiff_with({{256, {1}}, {257, {50'000'000}}, {273, {8}}, {279, {9}}})).problem,
            "TIFF of 1 x 50000000 pixels, a side may have 1048576");
  EXPECT_EQ(tiff_header(tiff_with({{256, {9}}, {257, {9}}, {273, {8}}, {277, {200}}, {279, {9}}})).problem,
            "TIFF with 200 samples a pixel is not supported");
  EXPECT_EQ(tiff_header(tiff_with({{256, {100}}})).problem, "broken TIFF: no size in it");
  EXPECT_EQ(tiff_header(tiff_with({{256, {9}}, {257, {9}}, {273, {8}}, {279, {9}}, {339, {3}}})).problem,
            "TIFF with signed or float samples is not supported");
  EXPECT_EQ(tiff_header(tiff_with({{256, {9}}, {257, {9}}, {258, {16}}, {273, {8}}, {279, {9}}, {338, {1}}}))
                .problem,
            "TIFF with 16-bit alpha is not supported");
}

}  // namespace
}  // namespace medley::media

#include "medley/media/image/decode.h"

#include "stored_picture.h"

#include <random>
#include <thread>

namespace medley::media {
namespace {

using namespace test;

TEST(DecodeImage, says_what_is_wrong_with_files_that_are_no_pictures) {
  EXPECT_EQ(decode_image({}).reason, "0 bytes");
  EXPECT_EQ(decode_image(file_of("this is a text that was named poster.jpg\n")).reason, "not an image");
  EXPECT_EQ(decode_image(file_of("GIF89a\1\0\1\0\0\0\0;")).reason, "GIF is not supported");
  EXPECT_EQ(decode_image(File(5000)).reason, "not an image");
}

TEST(DecodeImage, gives_a_reason_for_random_bytes_behind_any_signature) {
  std::mt19937 random(1);
  using namespace std::string_view_literals;
  for (const std::string_view start :
       {""sv, "\xff\xd8\xff"sv, "\x89PNG\r\n\x1a\n"sv, "RIFF\x90\x01\0\0WEBPVP8 "sv,
        "BM\x90\x01\0\0\0\0\0\0"sv, "II*\0\x08\0\0\0"sv}) {
    for (int round = 0; round < 50; ++round) {
      File file = file_of(start);
      while (file.size() < 400) file.push_back(static_cast<std::byte>(random()));
      const Decoded decoded = decode_image(file, {1'000'000});
      EXPECT_NE(decoded.image.has_value(), !decoded.reason.empty());
    }
  }
}

TEST(DecodeImage, serves_many_threads_at_once) {
  const File jpeg = jpeg_of(four_corners()), png = png_of(four_corners());
  const Image expected = *decode_image(jpeg).image;
  const std::array others{stored_file("picture_alpha.webp"), stored_file("picture_lzw.tif"),
                          stored_file("picture_alpha.tif"), stored_file("picture.bmp")};
  const File broken = broken_pixels();
  std::vector<Image> pictures;
  for (const auto& file : others) pictures.push_back(decode_image(file).image.value());
  std::array<int, 4> wrong{};
  std::vector<std::jthread> threads;
  for (int& mine : wrong) {
    threads.emplace_back([&] {
      for (int i = 0; i < 50; ++i) {
        mine += decode_image(jpeg).image->rgb != expected.rgb;
        mine += decode_image(png).image->rgb != four_corners().rgb;
        mine += decode_image(cut(jpeg, 0.6)).image.has_value();
        mine += decode_image(broken).image.has_value();
        for (std::size_t k = 0; k < others.size(); ++k) {
          mine += decode_image(others[k]).image->rgb != pictures[k].rgb;
          mine += decode_image(cut(others[k], 0.6)).image.has_value();
        }
      }
    });
  }
  threads.clear();
  EXPECT_EQ(wrong, (std::array<int, 4>{}));
}

TEST(Decode, tells_from_the_header_by_what_it_would_reduce) {
  const File jpeg = jpeg_of(four_corners(641, 480)), png = png_of(four_corners(641, 480));
  for (const auto& [side, by] : {std::pair{0, 1}, {60, 8}, {61, 4}, {120, 4}, {121, 2}, {240, 2}, {241, 1}}) {
    EXPECT_EQ(reduction(jpeg, side), by) << side;
    EXPECT_EQ(decode_image(jpeg, {}, side).image->width, (641 + by - 1) / by) << side;
    EXPECT_EQ(reduction(png, side), 1);
  }
  EXPECT_EQ(reduction({}, 10), 1);
  EXPECT_EQ(reduction(std::span(jpeg).first(20), 10), 1);
}

}  // namespace
}  // namespace medley::media

#include "medley/media/image/antialias.h"

#include "medley/core/error.h"

#include "tests/test_data.h"
#include <gtest/gtest.h>

#include <fstream>
#include <string>

namespace medley::media {
namespace {

Image picture(int width, int height) {
  Image out = Image::sized(width, height);
  auto* at = out.rgb.data();
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x)
      for (int c = 0; c < 3; ++c) *at++ = static_cast<std::uint8_t>(x * 11 + y * y * 5 + c * 70 + x * y);
  return out;
}

std::vector<int> from_hex(const std::string& text) {
  std::vector<int> out;
  for (std::size_t i = 0; i + 1 < text.size(); i += 2)
    out.push_back(std::stoi(text.substr(i, 2), nullptr, 16));
  return out;
}

Image whole(const Image& image, int width, int height) {
  return resize_antialiased(image, width, height, {0, 0, width, height});
}

TEST(ResizeAntialiased, gives_pillows_bytes) {
  std::ifstream lines(test_data("media/data/antialias.txt"));
  int cases = 0, width = 0, height = 0, to_width = 0, to_height = 0;
  for (std::string bytes; lines >> width >> height >> to_width >> to_height >> bytes; ++cases) {
    const auto wanted = from_hex(bytes);
    const auto got = whole(picture(width, height), to_width, to_height).rgb;
    ASSERT_EQ(got.size(), wanted.size());
    // Where one side grows and the other shrinks, Pillow 13 goes down first.
    const int apart =
        (to_width > width && to_height < height) || (to_width < width && to_height > height) ? 1 : 0;
    for (std::size_t i = 0; i < got.size(); ++i) {
      ASSERT_NEAR(got[i], wanted[i], apart)
          << width << " x " << height << " to " << to_width << " x " << to_height << ", byte " << i;
    }
  }
  EXPECT_EQ(cases, 15);
}

TEST(ResizeAntialiased, a_window_is_that_part_of_the_whole) {
  const auto image = picture(40, 31);
  const auto all = whole(image, 20, 50);
  const auto part = resize_antialiased(image, 20, 50, {3, 41, 7, 9});
  ASSERT_EQ(part.rgb.size(), 3U * 7 * 9);
  for (int y = 0; y < 9; ++y)
    for (int i = 0; i < 21; ++i)
      ASSERT_EQ(part.rgb[static_cast<std::size_t>(21 * y + i)],
                all.rgb[static_cast<std::size_t>(3 * (20 * (y + 41) + 3) + i)]);
}

TEST(ResizeAntialiased, a_line_of_pixels_has_a_window_too) {
  const auto line = resize_antialiased(picture(5000, 1), 1'280'000, 256, {639'888, 16, 224, 224});
  EXPECT_EQ(line.width, 224);
  EXPECT_EQ(line.height, 224);
}

TEST(ResizeAntialiased, refuses_a_window_outside_and_a_picture_of_nothing) {
  EXPECT_THROW(resize_antialiased(picture(4, 4), 8, 8, {5, 0, 4, 8}), Error);
  EXPECT_THROW(resize_antialiased(picture(4, 4), 8, 8, {-1, 0, 4, 8}), Error);
  EXPECT_THROW(resize_antialiased(picture(4, 4), 0, 8, {0, 0, 0, 8}), Error);
  EXPECT_THROW(resize_antialiased(Image{}, 8, 8, {0, 0, 8, 8}), Error);
}

}  // namespace
}  // namespace medley::media

#include "medley/media/image/resize.h"

#include "medley/core/error.h"

#include "pictures.h"

namespace medley::media {
namespace {

using namespace test;

Image row(std::vector<std::uint8_t> grey) {
  Image image = Image::sized(static_cast<int>(grey.size()), 1);
  for (std::size_t i = 0; i < grey.size(); ++i) std::fill_n(&image.rgb[3 * i], 3, grey[i]);
  return image;
}

TEST(Resize, averages_areas_when_shrinking) {
  // Every second column black: a sampler without averaging would see one colour only.
  const Image small = resize(row({0, 200, 0, 200, 0, 200}), 2, 1);
  EXPECT_THAT(small.rgb, ::testing::ElementsAre(67, 67, 67, 133, 133, 133));
}

TEST(Resize, averages_fractional_areas_when_shrinking) {
  // 3 columns to 2: each target holds one whole column and a half: (10 + 40/2) / 1.5 and (40/2 + 100) / 1.5.
  const Image small = resize(row({10, 40, 100}), 2, 1);
  EXPECT_THAT(small.rgb, ::testing::ElementsAre(20, 20, 20, 80, 80, 80));
}

TEST(Resize, interpolates_when_growing) {
  // Target centres at -.25, .25, .75, 1.25 of the source columns.
  const Image large = resize(row({0, 100}), 4, 1);
  EXPECT_THAT(large.rgb, ::testing::ElementsAre(0, 0, 0, 25, 25, 25, 75, 75, 75, 100, 100, 100));
}

TEST(Resize, averages_the_side_that_shrinks_when_the_other_grows) {
  const Image mixed = resize(row({0, 200, 0, 200, 0, 200}), 2, 3);
  EXPECT_EQ(mixed.height, 3);
  for (int y = 0; y < 3; ++y) {
    EXPECT_EQ(pixel(mixed, 0, y)[0], 67);
    EXPECT_EQ(pixel(mixed, 1, y)[0], 133);
  }
}

TEST(Resize, keeps_a_picture_that_has_the_size_already) {
  const Image image = four_corners();
  EXPECT_EQ(resize(image, image.width, image.height).rgb, image.rgb);
}

TEST(Resize, gives_the_same_pixels_each_time) {
  const Image image = four_corners(301, 207);
  EXPECT_EQ(resize(image, 128, 128).rgb, resize(image, 128, 128).rgb);
}

TEST(Resize, refuses_sizes_and_images_that_are_none) {
  EXPECT_THROW(resize(four_corners(), 0, 5), Error);
  EXPECT_THROW(resize(Image{}, 5, 5), Error);
  EXPECT_THROW(resize(Image{2, 2, {1, 2, 3}}, 5, 5), Error);
}

}  // namespace
}  // namespace medley::media

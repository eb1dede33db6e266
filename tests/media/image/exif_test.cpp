#include "medley/media/image/exif.h"

#include "pictures.h"

namespace medley::media {
namespace {

using namespace test;

TEST(Exif, reads_each_orientation_in_both_byte_orders) {
  for (int orientation = 1; orientation <= 8; ++orientation) {
    EXPECT_EQ(exif_orientation(exif_of(orientation, false)), orientation);
    EXPECT_EQ(exif_orientation(exif_of(orientation, true)), orientation);
  }
}

TEST(Exif, takes_what_is_absent_or_out_of_range_as_upright) {
  EXPECT_EQ(exif_orientation({}), 1);
  EXPECT_EQ(exif_orientation(exif_of(0, false)), 1);
  EXPECT_EQ(exif_orientation(exif_of(9, true)), 1);
  EXPECT_EQ(exif_orientation(file_of("a text")), 1);
}

TEST(Exif, does_not_read_past_the_end_when_cut_anywhere) {
  const File whole = exif_of(6, true);
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const File part(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
    EXPECT_EQ(exif_orientation(part), size < 22 ? 1 : exif_orientation(part));
  }
}

TEST(Exif, survives_a_directory_offset_that_lies) {
  File block = exif_of(3, true);
  block[4] = std::byte{0xff};
  EXPECT_EQ(exif_orientation(block), 1);
}

TEST(Exif, reads_tags_with_many_values_from_where_they_point_to) {
  const std::string tiff("MM\0*\0\0\0\x08\0\x01\x01\x02\0\x03\0\0\0\x03\0\0\0\x1a\0\0\0\0\0\x08\0\x09\0\x0a",
                         32);
  ASSERT_EQ(tiff_values(file_of(tiff), 0x102), (std::vector<std::uint32_t>{8, 9, 10}));
  EXPECT_EQ(tiff_value(file_of(tiff), 0x102), std::nullopt);
  EXPECT_TRUE(tiff_values(file_of(tiff.substr(0, 31)), 0x102).empty());
}

TEST(Upright, turns_all_eight_orientations_back_exactly) {
  const Image expected = four_corners(5, 3);
  for (int orientation = 1; orientation <= 8; ++orientation) {
    const Image turned = upright(stored_as(expected, orientation), orientation);
    EXPECT_EQ(turned.width, 5) << orientation;
    EXPECT_EQ(turned.rgb, expected.rgb) << orientation;
  }
}

TEST(Upright, moves_the_corner_where_the_standard_says) {
  // 6: the stored first row is the right side of the upright picture, so its left end is the top right
  // corner.
  Image stored = Image::sized(3, 2);
  pixel(stored, 0, 0)[0] = 9;
  const Image turned = upright(stored, 6);
  EXPECT_EQ(turned.width, 2);
  EXPECT_EQ(turned.height, 3);
  EXPECT_EQ(pixel(turned, 1, 0)[0], 9);
}

}  // namespace
}  // namespace medley::media

#include "medley/core/error.h"

#include "tests/features/items.h"
#include <gmock/gmock.h>

namespace medley::features::test {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

Vectors pixels(const media::Image& image, const ParamMap& params) {
  Items items;
  items.add({}, {}, {}, &image);
  return transform(*make("image/pixels", params), items.all());
}

TEST(ImagePixels, of_a_picture_of_that_size_are_its_bytes) {
  media::Image image{2, 1, {1, 2, 3, 250, 251, 252}};
  const auto rows = pixels(image, {{"width", "2"}, {"height", "1"}});
  EXPECT_THAT(row(rows, 0), ElementsAre(1, 2, 3, 250, 251, 252));
  EXPECT_TRUE(std::holds_alternative<math::BasicMatrix<std::uint8_t>>(rows.rows));
}

TEST(ImagePixels, of_a_larger_picture_are_means_of_areas) {
  auto image = media::Image::sized(4, 2);
  for (std::size_t i = 0; i < 8; ++i)
    for (std::size_t c = 0; c < 3; ++c) image.rgb[3 * i + c] = i % 4 < 2 ? 10 : 90;
  EXPECT_THAT(row(pixels(image, {{"width", "2"}, {"height", "1"}}), 0), ElementsAre(10, 10, 10, 90, 90, 90));
}

TEST(ImagePixels, are_224_by_224_unless_told_otherwise) {
  const auto image = media::Image::sized(3, 5);
  EXPECT_THAT(row(pixels(image, {}), 0), SizeIs(224 * 224 * 3));
  EXPECT_EQ(make("image/pixels", {{"width", "8"}, {"height", "4"}})->dim(), 96);
}

TEST(ImagePixels, of_an_empty_picture_are_absent) {
  const auto rows = pixels({}, {{"width", "2"}, {"height", "1"}});
  EXPECT_EQ(rows.present[0], 0);
  EXPECT_THAT(rows.notes[0], HasSubstr("without pixels"));
  EXPECT_THAT(row(rows, 0), Each(0));
}

TEST(ImagePixels, refuses_a_size_out_of_range) {
  EXPECT_THROW(make("image/pixels", {{"width", "0"}}), Error);
  EXPECT_THROW(make("image/pixels", {{"height", "5000"}}), Error);
}

}  // namespace
}  // namespace medley::features::test

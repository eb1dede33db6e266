#include "medley/core/error.h"

#include "tests/features/image/textures.h"

namespace medley::features::test {
namespace {

using ::testing::Each;
using ::testing::FloatNear;
using ::testing::HasSubstr;
using ::testing::Pointwise;

TEST(ImageHog, equals_scikit_image) {
  const auto cases = texture_cases();
  ASSERT_EQ(cases.size(), 3u);
  for (const auto& [name, expected] : cases.items()) {
    SCOPED_TRACE(name);
    ParamMap params;
    for (const auto& [key, value] : expected["hog"].items()) params[key] = value.dump();
    const auto vectors = describe("image/hog", texture(name), params);
    EXPECT_THAT(row(vectors, 0), Pointwise(FloatNear(1e-4f), texture_row(name, "hog")));
  }
}

TEST(ImageHog, has_9_orientations_in_15_x_15_blocks_of_4_cells) {
  const auto extractor = make("image/hog");
  EXPECT_EQ(extractor->dim(), 15 * 15 * 4 * 9);
  EXPECT_EQ(extractor->columns()[9 + 8], "block 0,0 cell 0,1 170 degrees");
}

// One step of 51 levels between columns 63 and 64: the gradient is 51 / 255 = .2 on both sides of it, always
// to the right, bin 0. With cells of 64 pixels and one block of 2 x 2 every cell has 64 such pixels of 4096,
// a vote of .2 / 64; four equal entries of unit length are .5, cut at .2, and .5 again.
TEST(ImageHog, one_upright_edge_by_hand) {
  auto image = plain(128, 128, 100);
  for (std::size_t i = 0; i < image.rgb.size(); ++i)
    if (i / 3 % 128 >= 64) image.rgb[i] = 151;
  const auto values = row(describe("image/hog", image, {{"cell", "64"}}), 0);
  ASSERT_EQ(values.size(), 36u);
  for (std::size_t i = 0; i < values.size(); ++i)
    EXPECT_NEAR(values[i], i % 9 == 0 ? 0.5 : 0.0, 1e-4) << "column " << i;
}

TEST(ImageHog, a_plain_picture_has_no_edges_and_is_present) {
  const auto vectors = describe("image/hog", plain(128, 128, 77));
  EXPECT_EQ(vectors.present[0], 1);
  EXPECT_THAT(row(vectors, 0), Each(0.0f));
}

TEST(ImageHog, a_picture_of_one_pixel_is_a_picture_and_one_of_none_is_absent) {
  EXPECT_EQ(describe("image/hog", plain(1, 1, 3)).present[0], 1);
  const auto none = describe("image/hog", media::Image{});
  EXPECT_EQ(none.present[0], 0);
  EXPECT_THAT(none.notes[0], HasSubstr("without pixels"));
}

TEST(ImageHog, refuses_a_block_wider_than_the_picture) {
  EXPECT_THROW(make("image/hog", {{"cell", "64"}, {"block", "3"}}), Error);
  EXPECT_THROW(make("image/hog", {{"cell", "2"}}), Error);
}

}  // namespace
}  // namespace medley::features::test

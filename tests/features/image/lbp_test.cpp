#include "medley/core/error.h"

#include "tests/features/image/textures.h"

#include <numeric>

namespace medley::features::test {
namespace {

using ::testing::FloatNear;
using ::testing::HasSubstr;
using ::testing::Pointwise;

TEST(ImageLbp, equals_scikit_image) {
  const auto cases = texture_cases();
  ASSERT_EQ(cases.size(), 3u);
  for (const auto& [name, expected] : cases.items()) {
    SCOPED_TRACE(name);
    const auto vectors = describe("image/lbp", texture(name), {{"grid", expected["grid"].dump()}});
    EXPECT_THAT(row(vectors, 0), Pointwise(FloatNear(1e-4f), texture_row(name, "lbp")));
  }
}

TEST(ImageLbp, has_ten_shares_of_each_of_16_cells) {
  const auto extractor = make("image/lbp");
  EXPECT_EQ(extractor->dim(), 160);
  EXPECT_EQ(extractor->columns()[19], "cell 0,1 pattern 9");
  const auto values = row(describe("image/lbp", texture("photo")), 0);
  for (std::size_t cell = 0; cell < 16; ++cell)
    EXPECT_NEAR(std::accumulate(values.begin() + static_cast<std::ptrdiff_t>(10 * cell),
                                values.begin() + static_cast<std::ptrdiff_t>(10 * cell + 10), 0.0),
                1.0, 1e-6);
}

// Black: every neighbour, and the black outside, is at least as bright, so each pixel has code 8.
TEST(ImageLbp, a_black_picture_by_hand) {
  const auto values = row(describe("image/lbp", plain(128, 128, 0)), 0);
  for (std::size_t i = 0; i < values.size(); ++i)
    EXPECT_FLOAT_EQ(values[i], i % 10 == 8 ? 1.0f : 0.0f) << "column " << i;
}

// One white pixel at (64, 64) on black: it has code 0, and the black pixels around it still code 8.
TEST(ImageLbp, a_bright_speck_by_hand) {
  auto image = plain(128, 128, 0);
  for (std::size_t c = 0; c < 3; ++c) image.rgb[(64 * 128 + 64) * 3 + c] = 255;
  const auto values = row(describe("image/lbp", image, {{"grid", "1"}}), 0);
  EXPECT_FLOAT_EQ(values[0], 1.0f / 16384);
  EXPECT_FLOAT_EQ(values[8], 16383.0f / 16384);
}

TEST(ImageLbp, a_picture_of_one_pixel_is_a_picture_and_one_of_none_is_absent) {
  EXPECT_EQ(describe("image/lbp", plain(1, 1, 3)).present[0], 1);
  const auto none = describe("image/lbp", media::Image{});
  EXPECT_EQ(none.present[0], 0);
  EXPECT_THAT(none.notes[0], HasSubstr("without pixels"));
}

TEST(ImageLbp, refuses_a_grid_out_of_range) {
  EXPECT_THROW(make("image/lbp", {{"grid", "0"}}), Error);
}

}  // namespace
}  // namespace medley::features::test

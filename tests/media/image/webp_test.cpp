#include "medley/media/image/webp.h"

#include "stored_picture.h"

namespace medley::media {
namespace {

using namespace test;

TEST(Webp, gives_the_picture_upright_and_over_white) {
  expect_picture("picture_lossless.webp", stored_gradient());
  expect_picture("picture_alpha.webp", stored_gradient(true));
  expect_picture("picture_orientation_6.webp", stored_gradient());
}

TEST(Webp, that_is_lossy_gives_about_the_picture) {
  const Decoded decoded = decode_image(stored_file("picture_lossy.webp"));
  ASSERT_TRUE(decoded.image) << decoded.reason;
  EXPECT_LE(mean_difference(*decoded.image, stored_gradient()), 12);
}

TEST(Webp, cut_anywhere_gives_a_reason_in_silence) {
  for (const auto* name :
       {"picture_lossless.webp", "picture_lossy.webp", "picture_alpha.webp", "picture_orientation_6.webp"})
    expect_cuts_refused(name);
}

TEST(Webp, with_a_byte_changed_gives_a_picture_or_a_reason_in_silence) {
  for (const auto* name : {"picture_lossless.webp", "picture_lossy.webp", "picture_alpha.webp"})
    expect_flips_survived(name);
}

TEST(Webp, above_the_limit_is_refused_from_its_header) {
  expect_limit_held("picture_lossless.webp");
  expect_limit_held("picture_lossy.webp");
}

TEST(Webp, of_another_size_than_its_header_says_is_broken) {
  expect_size_checked("picture_lossless.webp", webp_header, decode_webp);
}

TEST(Webp, written_gives_about_the_picture_again) {
  const auto bytes = encode_webp(four_corners(), 90);
  const auto decoded = decode_image(file_of(bytes));
  ASSERT_TRUE(decoded.image) << decoded.reason;
  EXPECT_LT(mean_difference(*decoded.image, four_corners()), 6);
  EXPECT_LT(encode_webp(four_corners(), 10).size(), bytes.size());
  EXPECT_EQ(encode_webp(Image::sized(16'384, 1), 60), "") << "above what the format can hold";
}

}  // namespace
}  // namespace medley::media

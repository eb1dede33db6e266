#include "medley/media/av/rgb_converter.h"

#include "medley/media/av/owned.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

using namespace medley::media;
using testing::Each;
using testing::ElementsAre;

namespace {

/// A frame of one luma and one pair of chroma levels.
AvOwned<AVFrame> flat(int width, int height, std::uint8_t luma, std::uint8_t blue, std::uint8_t red) {
  AvOwned<AVFrame> frame(av_frame_alloc());
  frame->width = width;
  frame->height = height;
  frame->format = AV_PIX_FMT_YUV444P;
  EXPECT_EQ(av_frame_get_buffer(frame.get(), 0), 0);
  const std::uint8_t levels[] = {luma, blue, red};
  for (std::size_t plane = 0; plane < 3; ++plane)
    std::fill_n(frame->data[plane], frame->linesize[plane] * height, levels[plane]);
  return frame;
}

TEST(RgbConverter, takes_levels_16_to_235_for_black_to_white) {
  RgbConverter converter(0);
  Image out;
  ASSERT_TRUE(converter.convert(*flat(10, 6, 16, 128, 128), out));
  EXPECT_EQ(out.rgb.size(), 180u);
  EXPECT_THAT(out.rgb, Each(0));
  ASSERT_TRUE(converter.convert(*flat(10, 6, 235, 128, 128), out));
  EXPECT_THAT(out.rgb, Each(255));
}

TEST(RgbConverter, uses_the_matrix_that_the_frame_names) {
  // Full green by BT.709 (ITU-R BT.709-6, 3.3: Y' = .7152, the chroma below its middle).
  const auto frame = flat(4, 4, 173, 42, 26);
  frame->colorspace = AVCOL_SPC_BT709;
  RgbConverter converter(0);
  Image out;
  ASSERT_TRUE(converter.convert(*frame, out));
  EXPECT_LE(out.rgb[0], 3);
  EXPECT_GE(out.rgb[1], 252);
  EXPECT_LE(out.rgb[2], 3);
  frame->colorspace = AVCOL_SPC_UNSPECIFIED;
  RgbConverter other(0);
  ASSERT_TRUE(other.convert(*frame, out));
  EXPECT_GT(out.rgb[0] + out.rgb[2], 20) << "by BT.601 the same levels are another green";
}

TEST(RgbConverter, makes_the_longer_side_as_long_as_asked_and_never_longer) {
  Image out;
  ASSERT_TRUE(RgbConverter(50).convert(*flat(100, 40, 90, 128, 128), out));
  EXPECT_THAT((std::vector<int>{out.width, out.height}), ElementsAre(50, 20));
  ASSERT_TRUE(RgbConverter(50).convert(*flat(20, 40, 90, 128, 128), out));
  EXPECT_THAT((std::vector<int>{out.width, out.height}), ElementsAre(20, 40));
  ASSERT_TRUE(RgbConverter(50).convert(*flat(400, 2, 90, 128, 128), out));
  EXPECT_THAT((std::vector<int>{out.width, out.height}), ElementsAre(50, 1));
}

TEST(RgbConverter, refuses_a_frame_of_no_format) {
  const auto frame = flat(4, 4, 16, 128, 128);
  frame->format = AV_PIX_FMT_NONE;
  Image out;
  EXPECT_FALSE(RgbConverter(0).convert(*frame, out));
}

}  // namespace

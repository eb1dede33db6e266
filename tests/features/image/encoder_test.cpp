#include "medley/encode/network.h"

#include "tests/features/items.h"
#include "tests/features/networks.h"
#include "tests/test_data.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <fstream>

namespace medley::features::test {
namespace {

using ::testing::HasSubstr;

media::Image picture(int width, int height) {
  auto out = media::Image::sized(width, height);
  auto* at = out.rgb.data();
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x)
      for (int c = 0; c < 3; ++c) *at++ = static_cast<std::uint8_t>(x * 11 + y * y * 5 + c * 70 + x * y);
  return out;
}

class ImageEncoder : public NetworkTest {
 protected:
  static ParamMap params(ParamMap more = {}) {
    more.try_emplace("network", data("image.onnx"));
    more.try_emplace("size", "8");
    more.try_emplace("resize", "12");
    more.try_emplace("l2", "false");
    return more;
  }
};

TEST_F(ImageEncoder, gives_the_numbers_of_pillow_and_onnxruntime) {
  const auto answers = nlohmann::json::parse(std::ifstream(test_data("features/data/image_encoder.json")));
  const auto middle = make("image/encoder", params({{"output", "pooled"}}));
  // The network's own last layer of places, averaged here, is the same.
  const auto averaged = make("image/encoder", params());
  const auto pressed =
      make("image/encoder", params({{"resize", "0"}, {"scale", "1"}, {"mean", "127"}, {"std", "128"}}));
  for (const auto& one : answers) {
    const auto image = picture(one["width"], one["height"]);
    Items items;
    items.add({}, {}, {}, &image);
    for (std::size_t d = 0; d < 5; ++d) {
      EXPECT_NEAR(row(transform(*middle, items.all()), 0)[d], one["middle"][d].get<float>(), 2e-5) << one;
      EXPECT_NEAR(row(transform(*averaged, items.all()), 0)[d], one["middle"][d].get<float>(), 2e-5) << one;
      EXPECT_NEAR(row(transform(*pressed, items.all()), 0)[d], one["pressed"][d].get<float>(), 2e-5) << one;
    }
  }
}

TEST_F(ImageEncoder, batches_leave_each_row_in_its_place) {
  std::deque<media::Image> pictures;
  Items items;
  for (int i = 0; i < 10; ++i)
    items.add({}, {}, {}, i == 4 ? nullptr : &pictures.emplace_back(picture(9 + i, 20 - i)));
  const auto one = make("image/encoder", params());
  const auto four = transform(*make("image/encoder", params({{"batch", "4"}})), items.all());
  // A network made for two at a time: the last of nine goes with an empty one.
  const auto two =
      transform(*make("image/encoder", params({{"network", data("image_fixed.onnx")}})), items.all());
  const auto fixed = make("image/encoder", params({{"network", data("image_fixed.onnx")}}));
  for (std::size_t i = 0; i < 10; ++i) {
    EXPECT_EQ(four.present[i], i == 4 ? 0 : 1);
    EXPECT_EQ(two.present[i], i == 4 ? 0 : 1);
    const auto at = static_cast<math::Index>(i);
    for (std::size_t d = 0; d < 5; ++d) {
      EXPECT_NEAR(row(four, at)[d], row(transform(*one, items.all().subspan(i, 1)), 0)[d], 1e-5);
      EXPECT_NEAR(row(two, at)[d], row(transform(*fixed, items.all().subspan(i, 1)), 0)[d], 1e-5);
    }
  }
}

TEST_F(ImageEncoder, a_size_or_layout_that_the_network_does_not_have_is_refused) {
  const auto image = picture(20, 20);
  Items items;
  items.add({}, {}, {}, &image);
  const auto use = [&](const ParamMap& more) {
    return error_of([&] { transform(*make("image/encoder", params(more)), items.all()); });
  };
  EXPECT_THAT(use({{"network", data("image_fixed.onnx")}, {"size", "10"}}),
              HasSubstr("takes 'pixels' as [2 x 8 x 8 x 3], got [2 x 10 x 10 x 3]"));
  EXPECT_THAT(use({{"network", data("image_fixed.onnx")}, {"output", "pooled"}, {"layout", "NHWC"}}),
              HasSubstr("image_fixed.onnx' cannot be prepared"));
  EXPECT_THAT(use({{"network", data("text.onnx")}}), HasSubstr("has 3 inputs; one for pictures has one"));
  EXPECT_THAT(use({{"resize", "7"}}), HasSubstr("resize = 7 is less than size = 8"));
  EXPECT_THAT(use({{"mean", "1+2"}}), HasSubstr("mean must be one number or three (red+green+blue), got 2"));
  EXPECT_THAT(use({{"pooling", "cls"}}), HasSubstr("has no first token"));
}

}  // namespace
}  // namespace medley::features::test

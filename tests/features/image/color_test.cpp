#include "medley/core/error.h"
#include "medley/features/registry.h"

#include "tests/test_data.h"
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <array>
#include <fstream>

namespace medley::features {
namespace {

using ::testing::Each;
using ::testing::FloatNear;
using ::testing::HasSubstr;
using ::testing::Pointwise;

constexpr std::size_t kBins = 128, kMoments = 9, kColors = 20;

Vectors describe(const media::Image& image, const ParamMap& params = {}) {
  Registry registry;
  register_builtin(registry);
  QuietServices services(1);
  const auto extractor = registry.make("image/color", params);
  const Item item{.texts = {}, .categories = {}, .numbers = {}, .image = &image};
  return extractor->transform({&item, 1}, services);
}

std::vector<float> part(const Vectors& vectors, std::size_t first, std::size_t count) {
  const auto row = std::get<math::Matrix>(vectors.rows).row(0).subspan(first, count);
  return {row.begin(), row.end()};
}

media::Image solid(int width, int height, std::array<std::uint8_t, 3> rgb) {
  auto image = media::Image::sized(width, height);
  for (std::size_t i = 0; i < image.rgb.size(); ++i) image.rgb[i] = rgb[i % 3];
  return image;
}

// 16 x 16 pixels, each repeated 8 x 8 times: the descriptor's own size, so that nothing is resized.
media::Image enlarged(const std::vector<std::uint8_t>& pixels) {
  auto image = media::Image::sized(128, 128);
  for (std::size_t y = 0; y < 128; ++y)
    for (std::size_t x = 0; x < 128; ++x)
      for (std::size_t c = 0; c < 3; ++c)
        image.rgb[(y * 128 + x) * 3 + c] = pixels[(y / 8 * 16 + x / 8) * 3 + c];
  return image;
}

auto near(const nlohmann::json& values, float bound = 1e-4f) {
  return Pointwise(FloatNear(bound), values.get<std::vector<float>>());
}

TEST(ImageColor, equals_the_numpy_reference) {
  std::ifstream file(test_data("features/data/color.json"));
  const auto fixture = nlohmann::json::parse(file);
  ASSERT_FALSE(fixture.empty());
  for (const auto& [name, expected] : fixture.items()) {
    SCOPED_TRACE(name);
    const auto vectors =
        describe(enlarged(expected["pixels"].get<std::vector<std::uint8_t>>()), {{"grid", "4"}});
    EXPECT_THAT(part(vectors, 0, kBins), near(expected["histogram"]));
    EXPECT_THAT(part(vectors, kBins, kMoments), near(expected["moments"]));
    EXPECT_THAT(part(vectors, kBins + kMoments, kColors), near(expected["dominant"]));
    // Cell means are rounded to 8 bits: half a level of 255, over grid 4.
    EXPECT_THAT(part(vectors, kBins + kMoments + kColors, 48), near(expected["grid"], 0.51f / 255 / 4));
  }
}

TEST(ImageColor, one_colour_by_hand) {
  // Pure green: hue 120 is bin 2 of 8, saturation and value 1 are bin 3 of 4.
  const auto vectors = describe(solid(40, 30, {0, 255, 0}));
  EXPECT_EQ(vectors.present[0], 1);
  EXPECT_FLOAT_EQ(part(vectors, 0, kBins)[(2 * 4 + 3) * 4 + 3], 1.0f);
  EXPECT_THAT(part(vectors, kBins, kMoments), near({0, 1, 0, 0, 0, 0, 0, 0, 0}));
  EXPECT_THAT(part(vectors, kBins + kMoments, 4), near({0, 1, 0, 1}));
  EXPECT_THAT(part(vectors, kBins + kMoments + 4, 16), Each(0.0f));
}

TEST(ImageColor, weights_scale_their_parts) {
  const auto image = solid(10, 10, {200, 100, 50});
  const auto plain = describe(image);
  const auto weighted = describe(image, {{"histogram", "2"}, {"moments", "0"}, {"dominant", "3"}});
  for (std::size_t b = 0; b < kBins; ++b)
    EXPECT_FLOAT_EQ(part(weighted, 0, kBins)[b], 2 * part(plain, 0, kBins)[b]);
  EXPECT_THAT(part(weighted, kBins, kMoments), Each(0.0f));
  EXPECT_FLOAT_EQ(part(weighted, kBins + kMoments, 1)[0], 3 * 200 / 255.0f);
}

TEST(ImageColor, a_picture_of_one_pixel_is_a_picture_and_one_of_none_is_absent) {
  EXPECT_EQ(describe(solid(1, 1, {1, 2, 3})).present[0], 1);
  const auto none = describe(media::Image{});
  EXPECT_EQ(none.present[0], 0);
  EXPECT_THAT(none.notes[0], HasSubstr("without pixels"));
}

TEST(ImageColor, refuses_a_grid_out_of_range) {
  EXPECT_THROW(describe(solid(1, 1, {1, 2, 3}), {{"grid", "17"}}), Error);
}

}  // namespace
}  // namespace medley::features

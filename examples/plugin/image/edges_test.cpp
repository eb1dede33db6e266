#include "medley/features/registry.h"

#include <gmock/gmock.h>

namespace medley::features {
namespace {

using ::testing::ElementsAre;
using ::testing::FloatNear;

media::Image picture(int width, int height, const std::vector<std::uint8_t>& grey) {
  auto image = media::Image::sized(width, height);
  for (std::size_t i = 0; i < image.rgb.size(); ++i) image.rgb[i] = grey[i / 3];
  return image;
}

Vectors edges(const media::Image* image, const ParamMap& params = {}) {
  Registry registry;
  register_builtin(registry);
  QuietServices services(1);
  const Item item{.texts = {}, .categories = {}, .numbers = {}, .image = image};
  return registry.make("image/edges", params)->transform({&item, 1}, services);
}

TEST(ImageEdges, of_upright_stripes_run_to_the_right_and_along_both_diagonals) {
  const auto stripes = picture(4, 3, {0, 90, 0, 90, 0, 90, 0, 90, 0, 90, 0, 90});
  const auto vectors = edges(&stripes);
  const auto third = FloatNear(1.0f / 3.0f, 1e-6f), none = FloatNear(0.0f, 1e-6f);
  EXPECT_EQ(vectors.present.at(0), 1);
  EXPECT_THAT(std::get<math::Matrix>(vectors.rows).row(0), ElementsAre(third, none, third, third));
}

TEST(ImageEdges, of_a_picture_of_one_colour_are_absent_with_a_reason) {
  const auto flat = picture(3, 3, std::vector<std::uint8_t>(9, 77));
  const auto vectors = edges(&flat);
  EXPECT_EQ(vectors.present.at(0), 0);
  EXPECT_EQ(vectors.notes.at(0), "a picture without edges");
}

TEST(ImageEdges, refuse_a_step_of_nothing) {
  EXPECT_THROW(edges(nullptr, {{"step", "0"}}), Error);
}

}  // namespace
}  // namespace medley::features

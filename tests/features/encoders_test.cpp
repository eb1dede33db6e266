#include "tests/features/items.h"
#include "tests/features/pretrained.h"
#include "tests/test_data.h"
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <fstream>

// The pretrained networks of tools/models, where they have been made, against what PyTorch says of them
// (tools/fixtures/encoders.py).

namespace medley::features::test {
namespace {

constexpr float kNear = 1e-3f;

class Encoders : public Pretrained {
 protected:
  static void expect_rows(const Vectors& vectors, const nlohmann::json& rows) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const auto got = row(vectors, static_cast<math::Index>(i));
      ASSERT_EQ(got.size(), rows[i].size());
      for (std::size_t d = 0; d < got.size(); ++d)
        ASSERT_NEAR(got[d], rows[i][d].get<float>(), kNear) << i << ", " << d;
    }
  }

  const nlohmann::json answers_ =
      nlohmann::json::parse(std::ifstream(test_data("features/data/encoders.json")));
};

TEST_F(Encoders, sentence_embeddings_are_those_of_pytorch) {
  Items items;
  for (const auto& text : answers_["texts"]) items.add({text.get<std::string>()});
  const auto extractor =
      make("text/encoder", {{"network", path("minilm.onnx")}, {"tokenizer", path("minilm-tokenizer.xml")}});
  expect_rows(transform(*extractor, items.all()), answers_["text_rows"]);
}

TEST_F(Encoders, features_of_pictures_are_those_of_pytorch) {
  std::deque<media::Image> pictures;
  Items items;
  for (const auto& sides : answers_["pictures"]) {
    auto& image = pictures.emplace_back(media::Image::sized(sides[0], sides[1]));
    auto* at = image.rgb.data();
    for (int y = 0; y < image.height; ++y) {
      for (int x = 0; x < image.width; ++x)
        for (int c = 0; c < 3; ++c)
          *at++ = static_cast<std::uint8_t>(x * (c + 1) / 3 + y * (3 - c) / 5 + x * y / 700);
    }
    items.add({}, {}, {}, &image);
  }
  const auto extractor = make("image/encoder", {{"network", path("efficientnet-lite0.onnx")},
                                                {"scale", "1"},
                                                {"mean", "127"},
                                                {"std", "128"},
                                                {"l2", "false"}});
  expect_rows(transform(*extractor, items.all()), answers_["picture_rows"]);
}

}  // namespace
}  // namespace medley::features::test

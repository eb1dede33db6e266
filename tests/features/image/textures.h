#pragma once

#include "medley/data/npy.h"
#include "medley/media/image/decode.h"

#include "tests/features/items.h"
#include "tests/test_data.h"
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <fstream>
#include <iterator>

namespace medley::features::test {

/// The pictures of tests/features/data/textures, with scikit-image's rows (tools/fixtures/textures.py).
inline const std::filesystem::path kTextures = test_data("features/data/textures");

inline nlohmann::json texture_cases() {
  std::ifstream file(kTextures / "cases.json");
  return nlohmann::json::parse(file);
}

inline media::Image texture(const std::string& name) {
  std::ifstream file(kTextures / (name + ".png"), std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  return media::decode_image(std::as_bytes(std::span(bytes))).image.value();
}

inline std::vector<float> texture_row(const std::string& name, const std::string& extractor) {
  const auto rows = data::load_npy(kTextures / (name + "." + extractor + ".npy"));
  return {rows.data(), rows.data() + rows.rows() * rows.cols()};
}

inline Vectors describe(const std::string& extractor, const media::Image& image,
                        const ParamMap& params = {}) {
  Items items;
  items.add({}, {}, {}, &image);
  return transform(*make(extractor, params), items.all());
}

inline media::Image plain(int width, int height, std::uint8_t level) {
  auto image = media::Image::sized(width, height);
  std::ranges::fill(image.rgb, level);
  return image;
}

}  // namespace medley::features::test

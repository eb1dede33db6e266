#include "medley/media/image/phash.h"

#include "medley/media/image/resize.h"

#include "pictures.h"

#include <bit>

namespace medley::media {
namespace {

using namespace test;

/// A few soft blobs and an edge, different for each seed.
Image scene(int seed, int width = 120, int height = 90) {
  Image image = Image::sized(width, height);
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      double light = 40;
      for (int blob = 0; blob < 5; ++blob) {
        const double at_x = (37 * seed + 53 * blob * (seed % 7 + 1)) % 100 / 100.0;
        const double at_y = (61 * seed + 29 * blob * (seed % 5 + 2)) % 100 / 100.0;
        const double dx = x / static_cast<double>(width) - at_x, dy = y / static_cast<double>(height) - at_y;
        light += (blob % 2 == 0 ? 90 : -60) * std::exp(-(dx * dx + dy * dy) * 30);
      }
      auto* at = pixel(image, x, y);
      at[0] = static_cast<std::uint8_t>(std::clamp(light + 30, 0.0, 255.0));
      at[1] = static_cast<std::uint8_t>(std::clamp(light, 0.0, 255.0));
      at[2] = static_cast<std::uint8_t>(std::clamp(light * 0.8, 0.0, 255.0));
    }
  }
  return image;
}

int distance(const Image& a, const Image& b) {
  return std::popcount(perceptual_hash(a).value() ^ perceptual_hash(b).value());
}

Image with_light(const Image& image, double factor, int more) {
  auto out = image;
  for (auto& value : out.rgb)
    value = static_cast<std::uint8_t>(std::clamp(value * factor + more, 0.0, 255.0));
  return out;
}

TEST(PerceptualHash, of_another_size_or_brightness_differs_in_few_bits) {
  for (int seed = 1; seed <= 20; ++seed) {
    const auto image = scene(seed);
    EXPECT_EQ(distance(image, image), 0);
    EXPECT_LE(distance(image, resize(image, 60, 45)), 6) << seed;
    EXPECT_LE(distance(image, resize(image, 200, 150)), 6) << seed;
    EXPECT_LE(distance(image, with_light(image, 0.8, 12)), 6) << seed;
  }
}

TEST(PerceptualHash, of_another_picture_differs_in_many) {
  for (int a = 1; a <= 20; ++a) {
    for (int b = a + 1; b <= 20; ++b) EXPECT_GT(distance(scene(a), scene(b)), 6) << a << " " << b;
  }
}

TEST(PerceptualHash, of_a_mirrored_picture_differs_in_many) {
  const auto image = scene(3);
  auto mirrored = image;
  for (int y = 0; y < image.height; ++y) {
    for (int x = 0; x < image.width; ++x)
      std::copy_n(pixel(image, image.width - 1 - x, y), 3, pixel(mirrored, x, y));
  }
  EXPECT_GT(distance(image, mirrored), 16);
}

TEST(PerceptualHash, has_half_of_its_bits_set) {
  // A bit is above the median of the 64, so that 32 are, where no two are equal.
  for (int seed = 1; seed <= 10; ++seed) EXPECT_EQ(std::popcount(perceptual_hash(scene(seed)).value()), 32);
}

TEST(PerceptualHash, of_one_wave_sets_the_bit_of_its_frequency_highest) {
  // cos((2 x + 1) 3 pi / 64) across and nothing down is frequency (3, 0), outside of the 8 x 8 that start at
  // 1; times the same down it is (3, 3), which is bit 2 * 8 + 2.
  Image image = Image::sized(32, 32);
  const auto wave = [](int at, int frequency) {
    return std::cos((2 * at + 1) * frequency * 3.14159265358979 / 64);
  };
  for (int y = 0; y < 32; ++y) {
    for (int x = 0; x < 32; ++x)
      std::fill_n(pixel(image, x, y), 3, static_cast<std::uint8_t>(128 + 100 * wave(x, 3) * wave(y, 3)));
  }
  EXPECT_TRUE(perceptual_hash(image).value() >> 18 & 1);
  for (auto& value : image.rgb) value = static_cast<std::uint8_t>(255 - value);
  EXPECT_FALSE(perceptual_hash(image).value() >> 18 & 1);
}

TEST(PerceptualHash, of_a_plain_picture_is_none) {
  Image plain = Image::sized(50, 40);
  std::fill(plain.rgb.begin(), plain.rgb.end(), std::uint8_t{200});
  EXPECT_FALSE(perceptual_hash(plain));
  *pixel(plain, 3, 3) = 190;  // a speck
  EXPECT_FALSE(perceptual_hash(plain));
}

TEST(PerceptualHash, of_a_single_pixel_is_none) {
  EXPECT_FALSE(perceptual_hash(Image::sized(1, 1)));
}

}  // namespace
}  // namespace medley::media

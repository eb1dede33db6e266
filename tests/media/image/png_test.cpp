#include "medley/media/image/png.h"

#include "medley/media/image/decode.h"

#include "pictures.h"

#include <set>

namespace medley::media {
namespace {

using namespace test;

constexpr int kSide = 24;

/// A grey disc with a soft, half transparent edge: what one logo looks like in each kind of PNG.
struct Logo {
  std::vector<std::uint8_t> grey;
  std::vector<std::uint8_t> alpha;

  Logo() {
    for (int y = 0; y < kSide; ++y) {
      for (int x = 0; x < kSide; ++x) {
        const int distance = (x - 12) * (x - 12) + (y - 12) * (y - 12);
        grey.push_back(static_cast<std::uint8_t>(distance < 30 ? 20 : 90));
        alpha.push_back(static_cast<std::uint8_t>(distance < 60 ? 255 : distance < 90 ? 100 : 0));
      }
    }
  }

  /// round(a v + (1 - a) 255) in floating point, independent of the decoder's integers.
  Image flat_on_white() const {
    Image image = Image::sized(kSide, kSide);
    for (std::size_t i = 0; i < grey.size(); ++i) {
      const double a = alpha[i] / 255.0;
      std::fill_n(&image.rgb[3 * i], 3, static_cast<std::uint8_t>(std::lround(a * grey[i] + (1 - a) * 255)));
    }
    return image;
  }
};

void expect_logo(const File& file, const char* kind) {
  const Decoded decoded = decode_image(file);
  ASSERT_TRUE(decoded.image) << kind << ": " << decoded.reason;
  EXPECT_EQ(decoded.image->rgb, Logo().flat_on_white().rgb) << kind;
}

TEST(Png, of_one_logo_gives_the_same_pixels_in_every_kind_of_transparency) {
  const Logo logo;
  std::vector<std::uint8_t> indexed, grey_alpha, rgba;
  const PngParts palette{
      .color_type = SPNG_COLOR_TYPE_INDEXED,
      .palette = {{20, 20, 20, 255}, {90, 90, 90, 255}, {90, 90, 90, 100}, {90, 90, 90, 0}}};
  for (std::size_t i = 0; i < logo.grey.size(); ++i) {
    const std::uint8_t v = logo.grey[i], a = logo.alpha[i];
    indexed.push_back(static_cast<std::uint8_t>(v == 20 ? 0 : a == 255 ? 1 : a == 100 ? 2 : 3));
    grey_alpha.insert(grey_alpha.end(), {v, a});
    rgba.insert(rgba.end(), {v, v, v, a});
  }
  expect_logo(png_of(kSide, kSide, indexed.data(), indexed.size(), palette), "palette with transparency");
  expect_logo(png_of(kSide, kSide, grey_alpha.data(), grey_alpha.size(),
                     {.color_type = SPNG_COLOR_TYPE_GRAYSCALE_ALPHA}),
              "grey and alpha");
  expect_logo(png_of(kSide, kSide, rgba.data(), rgba.size(), {.color_type = SPNG_COLOR_TYPE_TRUECOLOR_ALPHA}),
              "rgba");
  expect_logo(png_of(kSide, kSide, rgba.data(), rgba.size(),
                     {.color_type = SPNG_COLOR_TYPE_TRUECOLOR_ALPHA, .interlaced = true}),
              "rgba, interlaced");
  expect_logo(png_of(logo.flat_on_white()), "flat on white");
}

TEST(Png, with_16_bit_alpha_lies_over_white_like_the_8_bit_one) {
  const Logo logo;
  std::vector<std::uint16_t> rgba;
  for (std::size_t i = 0; i < logo.grey.size(); ++i) {
    const auto v = static_cast<std::uint16_t>(257 * logo.grey[i]),
               a = static_cast<std::uint16_t>(257 * logo.alpha[i]);
    rgba.insert(rgba.end(), {v, v, v, a});
  }
  expect_logo(png_of(kSide, kSide, rgba.data(), 2 * rgba.size(),
                     {.color_type = SPNG_COLOR_TYPE_TRUECOLOR_ALPHA, .bit_depth = 16}),
              "16-bit rgba");
}

TEST(Png, of_a_16_bit_grey_ramp_keeps_256_levels) {
  std::vector<std::uint16_t> ramp;
  for (int i = 0; i < 65536; ++i) ramp.push_back(static_cast<std::uint16_t>(i));
  for (const bool interlaced : {false, true}) {
    const Decoded decoded = decode_image(
        png_of(256, 256, ramp.data(), 2 * ramp.size(),
               {.color_type = SPNG_COLOR_TYPE_GRAYSCALE, .bit_depth = 16, .interlaced = interlaced}));
    ASSERT_TRUE(decoded.image) << decoded.reason;
    const auto& rgb = decoded.image->rgb;
    EXPECT_EQ(std::set<std::uint8_t>(rgb.begin(), rgb.end()).size(), 256u);
    for (std::size_t i = 0; i < ramp.size(); ++i) {
      ASSERT_EQ(rgb[3 * i], std::lround(ramp[i] / 257.0)) << i;
    }
  }
}

TEST(Png, with_an_exif_chunk_comes_out_upright) {
  const Image expected = four_corners();
  for (int orientation = 1; orientation <= 8; ++orientation) {
    const Decoded decoded = decode_image(
        png_of(stored_as(expected, orientation), {.exif = exif_of(orientation, orientation % 2 == 0)}));
    ASSERT_TRUE(decoded.image) << decoded.reason;
    EXPECT_EQ(decoded.image->width, expected.width);
    EXPECT_EQ(decoded.image->rgb, expected.rgb) << orientation;
  }
}

TEST(Png, that_declares_too_many_pixels_is_refused_from_its_header) {
  // Signature and IHDR alone (30,000 x 30,000, 8-bit grey, with its right checksum): had the decoder gone
  // further, it would have met the end of the file, and said that instead.
  const std::string header(
      "\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x75\x30\0\0\x75\x30\x08\0\0\0\0\x43\x4c\xa7\x66", 33);
  EXPECT_EQ(decode_image(file_of(header)).reason, "30000 x 30000 pixels, the limit is 50000000");
}

TEST(Png, takes_the_limit_that_it_is_given) {
  const File file = png_of(four_corners(48, 32));
  EXPECT_TRUE(decode_image(file, {48 * 32}).image);
  EXPECT_EQ(decode_image(file, {48 * 32 - 1}).reason, "48 x 32 pixels, the limit is 1535");
}

TEST(Png, cut_at_any_byte_is_refused_without_a_crash) {
  for (const bool interlaced : {false, true}) {
    const File whole = png_of(four_corners(12, 8), {.interlaced = interlaced});
    ASSERT_TRUE(decode_image(whole).image);
    // Behind the last pixel stands IEND, whose checksum (4 bytes) the decoder does not wait for.
    for (std::size_t size = 0; size < whole.size() - 4; ++size) {
      const Decoded decoded = decode_image(std::span(whole).first(size));
      EXPECT_FALSE(decoded.image) << size << " of " << whole.size();
      EXPECT_NE(decoded.reason, "") << size;
    }
  }
}

TEST(Png, with_any_byte_changed_gives_a_picture_or_a_reason) {
  const File whole = png_of(four_corners(12, 8), {.exif = exif_of(6, true)});
  for (std::size_t at = 0; at < whole.size(); ++at) {
    File changed = whole;
    changed[at] ^= std::byte{0x55};
    const Decoded decoded = decode_image(changed);
    EXPECT_NE(decoded.image.has_value(), !decoded.reason.empty()) << at;
  }
}

TEST(Png, with_a_wrong_checksum_of_its_pixels_is_refused) {
  File file = png_of(four_corners());
  file[file.size() - 13] ^= std::byte{1};  // the last byte of IDAT's CRC; IEND takes the 12 behind it
  EXPECT_NE(decode_image(file).reason, "");
}

}  // namespace
}  // namespace medley::media

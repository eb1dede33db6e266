#pragma once

#include "medley/media/image/decode.h"
#include "medley/media/image/header.h"

#include "pictures.h"
#include "tests/media/fixture.h"

/// The pictures that tools/fixtures/pictures.py stores in several formats, from the same formulas.
namespace medley::media::test {

inline File stored_file(const std::string& name) {
  return file_of(fixture(name));
}

/// A gradient of 20 x 12 over white, its three bands of four rows 0, 128 and 255 opaque where `transparent`.
inline Image stored_gradient(bool transparent = false) {
  Image image = Image::sized(20, 12);
  for (int y = 0; y < 12; ++y) {
    for (int x = 0; x < 20; ++x) {
      const std::array<int, 3> color{12 * x, 20 * y, x < 10 ? 200 : 30};
      const int alpha = transparent ? (y < 4 ? 0 : y < 8 ? 128 : 255) : 255;
      for (std::size_t c = 0; c < 3; ++c) {
        pixel(image, x, y)[c] =
            static_cast<std::uint8_t>(std::lround((color[c] * alpha + 255 * (255 - alpha)) / 255.0));
      }
    }
  }
  return image;
}

/// 20 x 12 in four upright stripes of one colour each.
inline Image stored_stripes() {
  constexpr std::array<std::array<std::uint8_t, 3>, 4> kColors{
      {{200, 10, 30}, {0, 255, 0}, {12, 34, 250}, {255, 255, 255}}};
  Image image = Image::sized(20, 12);
  for (int y = 0; y < 12; ++y)
    for (int x = 0; x < 20; ++x)
      std::ranges::copy(kColors[static_cast<std::size_t>(x / 5)], pixel(image, x, y));
  return image;
}

/// The left half black, the right half white.
inline Image stored_halves() {
  Image image = Image::sized(20, 12);
  for (int y = 0; y < 12; ++y)
    for (int x = 10; x < 20; ++x) std::fill_n(pixel(image, x, y), 3, std::uint8_t{255});
  return image;
}

/// A TIFF whose pixels do not inflate.
inline File broken_pixels() {
  File file = stored_file("picture_deflate.tif");
  // The pixels begin behind the eight bytes of the header.
  for (std::size_t i = 8; i < 40; ++i) file[i] = std::byte{0xff};
  return file;
}

/// The largest difference of a value.
inline int largest_difference(const Image& a, const Image& b) {
  int out = a.rgb.size() == b.rgb.size() ? 0 : 255;
  for (std::size_t i = 0; out < 255 && i < a.rgb.size(); ++i)
    out = std::max(out, std::abs(int{a.rgb[i]} - int{b.rgb[i]}));
  return out;
}

/// Whether the file gives the picture, each of its values within `tolerance` levels.
inline void expect_picture(const char* name, const Image& picture, int tolerance = 0) {
  const Decoded decoded = decode_image(stored_file(name));
  ASSERT_TRUE(decoded.image) << name << ": " << decoded.reason;
  EXPECT_EQ(decoded.image->width, picture.width) << name;
  EXPECT_EQ(decoded.image->height, picture.height) << name;
  EXPECT_LE(largest_difference(*decoded.image, picture), tolerance) << name;
}

/// Whether the file, cut at any byte, gives a reason or the picture, and nothing on stderr. What stands
/// behind the pixels (the metadata of a TIFF, the last padding) may be lost.
inline void expect_cuts_refused(const char* name) {
  const File whole = stored_file(name);
  ::testing::internal::CaptureStderr();
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const Decoded decoded = decode_image(std::span(whole).first(size));
    EXPECT_NE(decoded.image.has_value(), !decoded.reason.empty()) << name << " " << size;
    if (size < whole.size() * 3 / 4) {
      EXPECT_FALSE(decoded.image) << name << " " << size;
    }
  }
  EXPECT_EQ(::testing::internal::GetCapturedStderr(), "");
}

/// Whether the file, with any one of its bytes changed, gives a picture or a reason, and nothing on stderr.
inline void expect_flips_survived(const char* name) {
  File file = stored_file(name);
  ::testing::internal::CaptureStderr();
  for (auto& byte : file) {
    const auto kept = byte;
    for (const auto other : {kept ^ std::byte{0xff}, kept ^ std::byte{1}}) {
      byte = other;
      const Decoded decoded = decode_image(file, {1 << 20});
      EXPECT_NE(decoded.image.has_value(), !decoded.reason.empty()) << name << " " << &byte - file.data();
    }
    byte = kept;
  }
  EXPECT_EQ(::testing::internal::GetCapturedStderr(), "");
}

/// Whether a decoder refuses a file that is not of the size of the header that was checked.
inline void expect_size_checked(const char* name, ImageHeader (*header_of)(Bytes),
                                Decoded (*decode)(Bytes, const ImageHeader&)) {
  const File file = stored_file(name);
  ImageHeader header = header_of(file);
  ASSERT_EQ(header.width, 20) << name;
  EXPECT_TRUE(decode(file, header).image) << name;
  for (const int width : {19, 21}) {
    header.width = width;
    EXPECT_THAT(decode(file, header).reason, ::testing::StartsWith("broken")) << name << " " << width;
  }
}

inline void expect_limit_held(const char* name) {
  EXPECT_EQ(decode_image(stored_file(name), {239}).reason, "20 x 12 pixels, the limit is 239") << name;
}

}  // namespace medley::media::test

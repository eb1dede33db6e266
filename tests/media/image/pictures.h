#pragma once

#include "medley/core/rng.h"
#include "medley/media/image/image.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <spng.h>
#include <turbojpeg.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Pictures that the tests make themselves, and the files that hold them.
namespace medley::media::test {

using File = std::vector<std::byte>;

inline File file_of(const void* data, std::size_t size) {
  const auto* bytes = static_cast<const std::byte*>(data);
  return File(bytes, bytes + size);
}

inline File file_of(std::string_view text) {
  return file_of(text.data(), text.size());
}

inline std::uint8_t* pixel(Image& image, int x, int y) {
  return &image.rgb[3 * static_cast<std::size_t>(y * image.width + x)];
}

inline const std::uint8_t* pixel(const Image& image, int x, int y) {
  return &image.rgb[3 * static_cast<std::size_t>(y * image.width + x)];
}

/// Four corners of different colours (red, green, blue, yellow: clockwise from top left would be red, green,
/// yellow, blue) with a soft gradient over each, wider than high.
inline Image four_corners(int width = 48, int height = 32) {
  Image image = Image::sized(width, height);
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      const bool right = x >= width / 2, low = y >= height / 2;
      std::uint8_t* at = pixel(image, x, y);
      at[0] = static_cast<std::uint8_t>((right != low) ? 30 : 220);
      at[1] = static_cast<std::uint8_t>(right ? 200 - y : 40 + y);
      at[2] = static_cast<std::uint8_t>((low && !right) ? 210 : 30 + x);
    }
  }
  return image;
}

/// Waves of 10 to 200 pixels in all directions, as busy as a photo.
inline Image waves(int width, int height) {
  struct Wave {
    double right, down, phase, level;
  };
  Rng rng(7);
  const auto between = [&](double low, double high) { return low + (high - low) * rng.uniform(); };
  std::vector<Wave> all;
  for (int i = 0; i < 24; ++i) {
    const double frequency = 6.283 / between(10.0, 200.0), angle = between(0.0, 6.283);
    all.push_back(
        {frequency * std::cos(angle), frequency * std::sin(angle), between(0.0, 6.283), between(0.0, 24.0)});
  }
  Image image = Image::sized(width, height);
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      for (std::size_t c = 0; c < 3; ++c) {
        double level = 128.0;
        for (std::size_t w = c; w < all.size(); w += 2)
          level += all[w].level * std::sin(all[w].right * x + all[w].down * y + all[w].phase);
        pixel(image, x, y)[c] = static_cast<std::uint8_t>(std::clamp(level, 0.0, 255.0));
      }
    }
  }
  return image;
}

/// How a picture is stored when a camera notes `orientation`: EXIF 2.3 says where the stored row 0 and column
/// 0 lie in the upright picture, and this reads each stored pixel from there.
inline Image stored_as(const Image& upright, int orientation) {
  const bool sideways = orientation >= 5;
  const int width = sideways ? upright.height : upright.width;
  const int height = sideways ? upright.width : upright.height;
  Image stored = Image::sized(width, height);
  for (int row = 0; row < height; ++row) {
    for (int column = 0; column < width; ++column) {
      int x = 0, y = 0;
      switch (orientation) {
        case 1: x = column, y = row; break;                           // row 0 top, column 0 left
        case 2: x = width - 1 - column, y = row; break;               // top, right
        case 3: x = width - 1 - column, y = height - 1 - row; break;  // bottom, right
        case 4: x = column, y = height - 1 - row; break;              // bottom, left
        case 5: x = row, y = column; break;                           // left, top
        case 6: x = height - 1 - row, y = column; break;              // right, top
        case 7: x = height - 1 - row, y = width - 1 - column; break;  // right, bottom
        default: x = row, y = width - 1 - column; break;              // 8: left, bottom
      }
      const std::uint8_t* from = pixel(upright, x, y);
      std::copy(from, from + 3, pixel(stored, column, row));
    }
  }
  return stored;
}

inline double mean_difference(const Image& a, const Image& b) {
  if (a.width != b.width || a.height != b.height) return 255.0;
  double sum = 0;
  for (std::size_t i = 0; i < a.rgb.size(); ++i) sum += std::abs(int{a.rgb[i]} - int{b.rgb[i]});
  return sum / static_cast<double>(a.rgb.size());
}

inline File jpeg_of(const Image& image, int quality = 95, int flags = 0) {
  const tjhandle handle = tjInitCompress();
  unsigned char* data = nullptr;
  unsigned long size = 0;
  EXPECT_EQ(tjCompress2(handle, image.rgb.data(), image.width, 0, image.height, TJPF_RGB, &data, &size,
                        TJSAMP_444, quality, flags),
            0);
  File file = file_of(data, size);
  tjFree(data);
  tjDestroy(handle);
  return file;
}

/// A TIFF block with one tag, as EXIF stores it.
inline File exif_of(int orientation, bool big_endian) {
  const auto value = static_cast<char>(orientation);
  const std::string little{'I', 'I', 42, 0, 8, 0,     0, 0, 1, 0, 0x12, 1, 3,
                           0,   1,   0,  0, 0, value, 0, 0, 0, 0, 0,    0, 0};
  const std::string big{'M', 'M', 0, 42, 0, 0, 0,     8, 0, 1, 1, 0x12, 0,
                        3,   0,   0, 0,  1, 0, value, 0, 0, 0, 0, 0,    0};
  return file_of(big_endian ? big : little);
}

/// The lowest `bytes` bytes of a number, little-endian.
inline void append_number(std::string& to, std::uint32_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) to += static_cast<char>(value >> (8 * i) & 255);
}

/// A little-endian TIFF of nothing but LONG tags (id, values), which `rest` follows.
inline File tiff_with(const std::vector<std::pair<std::uint32_t, std::vector<std::uint32_t>>>& tags,
                      std::string_view rest = {}) {
  std::string file("II*\0\x08\0\0\0", 8), values;
  const auto end = static_cast<std::uint32_t>(8 + 2 + 12 * tags.size() + 4);
  append_number(file, static_cast<std::uint32_t>(tags.size()), 2);
  for (const auto& [id, numbers] : tags) {
    append_number(file, id, 2), append_number(file, 4, 2),
        append_number(file, static_cast<std::uint32_t>(numbers.size()), 4);
    append_number(file, numbers.size() == 1 ? numbers[0] : end + static_cast<std::uint32_t>(values.size()),
                  4);
    if (numbers.size() > 1)
      for (const auto number : numbers) append_number(values, number, 4);
  }
  append_number(file, 0, 4);
  return file_of(file + values + std::string(rest));
}

/// The JPEG with an APP1 segment that holds `exif` right behind its first marker.
inline File with_exif(const File& jpeg, const File& exif) {
  File file(jpeg.begin(), jpeg.begin() + 2);
  const auto length = 2 + 6 + exif.size();
  for (const std::size_t byte : {std::size_t{0xff}, std::size_t{0xe1}, length >> 8, length & 255}) {
    file.push_back(static_cast<std::byte>(byte));
  }
  const std::string name("Exif\0\0", 6);
  for (const char c : name) file.push_back(static_cast<std::byte>(c));
  file.insert(file.end(), exif.begin(), exif.end());
  file.insert(file.end(), jpeg.begin() + 2, jpeg.end());
  return file;
}

/// What a PNG is made of beside its samples.
struct PngParts {
  int color_type = SPNG_COLOR_TYPE_TRUECOLOR;
  int bit_depth = 8;
  bool interlaced = false;
  std::vector<std::array<std::uint8_t, 4>> palette;  // red, green, blue, alpha
  File exif;
};

/// `samples` as the PNG stores them, 16-bit ones in the machine's order.
inline File png_of(int width, int height, const void* samples, std::size_t size, const PngParts& parts = {}) {
  spng_ctx* context = spng_ctx_new(SPNG_CTX_ENCODER);
  spng_set_option(context, SPNG_ENCODE_TO_BUFFER, 1);
  spng_ihdr header{};
  header.width = static_cast<std::uint32_t>(width);
  header.height = static_cast<std::uint32_t>(height);
  header.bit_depth = static_cast<std::uint8_t>(parts.bit_depth);
  header.color_type = static_cast<std::uint8_t>(parts.color_type);
  header.interlace_method = parts.interlaced ? SPNG_INTERLACE_ADAM7 : SPNG_INTERLACE_NONE;
  EXPECT_EQ(spng_set_ihdr(context, &header), 0);
  if (!parts.palette.empty()) {
    spng_plte palette{};
    spng_trns transparency{};
    palette.n_entries = transparency.n_type3_entries = static_cast<std::uint32_t>(parts.palette.size());
    for (std::size_t i = 0; i < parts.palette.size(); ++i) {
      const auto& color = parts.palette[i];
      palette.entries[i] = {color[0], color[1], color[2], 255};
      transparency.type3_alpha[i] = color[3];
    }
    EXPECT_EQ(spng_set_plte(context, &palette), 0);
    EXPECT_EQ(spng_set_trns(context, &transparency), 0);
  }
  File exif_copy = parts.exif;
  if (!exif_copy.empty()) {
    spng_exif exif{exif_copy.size(), reinterpret_cast<char*>(exif_copy.data())};
    EXPECT_EQ(spng_set_exif(context, &exif), 0);
  }
  EXPECT_EQ(spng_encode_image(context, samples, size, SPNG_FMT_PNG, SPNG_ENCODE_FINALIZE), 0);
  std::size_t length = 0;
  int error = 0;
  void* data = spng_get_png_buffer(context, &length, &error);
  File file = file_of(data, length);
  std::free(data);
  spng_ctx_free(context);
  return file;
}

inline File png_of(const Image& image, const PngParts& parts = {}) {
  return png_of(image.width, image.height, image.rgb.data(), image.rgb.size(), parts);
}

inline File cut(const File& file, double share) {
  return File(file.begin(),
              file.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(file.size())));
}

}  // namespace medley::media::test

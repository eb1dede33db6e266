#include "medley/media/image/webp.h"

#include "medley/media/image/exif.h"
#include "medley/media/image/over_white.h"

#include <webp/decode.h>
#include <webp/encode.h>

#include <cstdint>
#include <utility>
#include <vector>

namespace medley::media {
namespace {

const std::uint8_t* data_of(Bytes bytes) {
  return reinterpret_cast<const std::uint8_t*>(bytes.data());
}

bool decode_opaque(Bytes bytes, Image& out) {
  return WebPDecodeRGBInto(data_of(bytes), bytes.size(), out.rgb.data(), out.rgb.size(), 3 * out.width) !=
         nullptr;
}

bool decode_over_white(Bytes bytes, Image& out) {
  std::vector<std::uint8_t> rgba(out.rgb.size() / 3 * 4);
  if (WebPDecodeRGBAInto(data_of(bytes), bytes.size(), rgba.data(), rgba.size(), 4 * out.width) == nullptr)
    return false;
  for (std::size_t i = 0; i < out.rgb.size() / 3; ++i)
    for (std::size_t c = 0; c < 3; ++c) out.rgb[3 * i + c] = over_white(rgba[4 * i + c], rgba[4 * i + 3]);
  return true;
}

}  // namespace

Decoded decode_webp(Bytes bytes, const ImageHeader& header) {
  WebPBitstreamFeatures features;
  // What libwebp finds is what it decodes: the limit was checked for the header's size.
  if (WebPGetFeatures(data_of(bytes), bytes.size(), &features) != VP8_STATUS_OK ||
      features.width != header.width || features.height != header.height)
    return std::string("broken or cut short WebP");
  Image out = Image::sized(features.width, features.height);
  if (!(features.has_alpha != 0 ? decode_over_white(bytes, out) : decode_opaque(bytes, out)))
    return std::string("broken or cut short WebP");
  return upright(std::move(out), header.orientation);
}

std::string encode_webp(const Image& image, int quality) {
  std::uint8_t* bytes = nullptr;
  const auto size = WebPEncodeRGB(image.rgb.data(), image.width, image.height, 3 * image.width,
                                  static_cast<float>(quality), &bytes);
  std::string out(reinterpret_cast<const char*>(bytes), size);
  WebPFree(bytes);
  return out;
}

}  // namespace medley::media

#include "medley/media/image/webp.h"

#include "medley/media/image/exif.h"
#include "medley/media/image/over_white.h"

#include <webp/decode.h>
#include <webp/encode.h>

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace medley::media {
namespace {

struct Freed {
  void operator()(std::uint8_t* it) const { WebPFree(it); }
};

const std::uint8_t* data_of(Bytes bytes) {
  return reinterpret_cast<const std::uint8_t*>(bytes.data());
}

bool decode_opaque(Bytes bytes, const WebPBitstreamFeatures& features, Image& out) {
  out = Image::sized(features.width, features.height);
  return WebPDecodeRGBInto(data_of(bytes), bytes.size(), out.rgb.data(), out.rgb.size(), 3 * out.width) !=
         nullptr;
}

bool decode_alpha(Bytes bytes, const WebPBitstreamFeatures& features, Image& out) {
  std::vector<std::uint8_t> rgba(std::size_t{4} * static_cast<std::size_t>(features.width) *
                                 static_cast<std::size_t>(features.height));
  if (WebPDecodeRGBAInto(data_of(bytes), bytes.size(), rgba.data(), rgba.size(), 4 * features.width) ==
      nullptr)
    return false;
  out = Image::sized(features.width, features.height);
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
  Image out;
  if (!(features.has_alpha != 0 ? decode_alpha : decode_opaque)(bytes, features, out))
    return std::string("broken or cut short WebP");
  return upright(std::move(out), header.orientation);
}

std::string encode_webp(const Image& image, int quality) {
  std::uint8_t* made = nullptr;
  const auto size = WebPEncodeRGB(image.rgb.data(), image.width, image.height, 3 * image.width,
                                  static_cast<float>(quality), &made);
  const std::unique_ptr<std::uint8_t, Freed> bytes(made);
  return {reinterpret_cast<const char*>(bytes.get()), size};
}

}  // namespace medley::media

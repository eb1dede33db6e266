#include "medley/media/image/jpeg.h"

#include <fmt/format.h>
#include <turbojpeg.h>

#include <algorithm>
#include <memory>
#include <string_view>
#include <type_traits>

namespace medley::media {

namespace {

struct Destroy {
  void operator()(void* handle) const { tjDestroy(handle); }
};
using Handle = std::unique_ptr<std::remove_pointer_t<tjhandle>, Destroy>;

std::string reason(tjhandle handle) {
  const std::string_view said = tjGetErrorStr2(handle);
  if (said.find("Premature end") != said.npos) return "JPEG cut short";
  return fmt::format("broken JPEG: {}", said);
}

/// Adobe writes CMYK inverted (0 = full ink); without its marker 255 is full ink.
Image from_cmyk(const std::vector<std::uint8_t>& cmyk, int width, int height, bool inverted) {
  Image out = Image::sized(width, height);
  const std::uint32_t flip = inverted ? 0 : 255;
  for (std::size_t i = 0; i < cmyk.size() / 4; ++i) {
    const std::uint32_t black = cmyk[4 * i + 3] ^ flip;
    for (std::size_t c = 0; c < 3; ++c) {
      out.rgb[3 * i + c] = static_cast<std::uint8_t>(((cmyk[4 * i + c] ^ flip) * black + 127) / 255);
    }
  }
  return out;
}

}  // namespace

// Halves alone: the factors between them have no vector code in libjpeg-turbo, and decoding to 3/4 takes
// twice as long as decoding the whole.
int jpeg_reduction(const ImageHeader& header, int min_side) {
  if (min_side <= 0) return 1;
  int best = 1;
  for (const int by : {2, 4, 8}) {
    // The decoder rounds up.
    if ((std::min(header.width, header.height) + by - 1) / by >= min_side) best = by;
  }
  return best;
}

Decoded decode_jpeg(Bytes bytes, const ImageHeader& header, int min_side) {
  const Handle handle(tjInitDecompress());
  if (!handle) return std::string("the JPEG decoder did not start");
  const tjscalingfactor factor{1, jpeg_reduction(header, min_side)};
  const int width = TJSCALED(static_cast<int>(header.width), factor);
  const int height = TJSCALED(static_cast<int>(header.height), factor);
  // The scan limit stops small files that make a decoder go over the picture thousands of times.
  constexpr int kFlags = TJFLAG_STOPONWARNING | TJFLAG_LIMITSCANS | TJFLAG_ACCURATEDCT;
  const auto decompress = [&](std::uint8_t* to, int format) {
    return tjDecompress2(handle.get(), reinterpret_cast<const unsigned char*>(bytes.data()),
                         static_cast<unsigned long>(bytes.size()), to, width, 0, height, format, kFlags) == 0;
  };

  if (header.components == 4) {
    std::vector<std::uint8_t> cmyk(std::size_t{4} * static_cast<std::size_t>(width) *
                                   static_cast<std::size_t>(height));
    if (!decompress(cmyk.data(), TJPF_CMYK)) return reason(handle.get());
    return from_cmyk(cmyk, width, height, header.adobe);
  }
  Image out = Image::sized(width, height);
  if (!decompress(out.rgb.data(), TJPF_RGB)) return reason(handle.get());
  return out;
}

}  // namespace medley::media

#include "medley/media/image/png.h"

#include "medley/media/image/exif.h"
#include "medley/media/image/limit.h"
#include "medley/media/image/over_white.h"

#include <fmt/format.h>
#include <spng.h>

#include <memory>

namespace medley::media {

namespace {

struct Free {
  void operator()(spng_ctx* context) const { spng_ctx_free(context); }
};
using Context = std::unique_ptr<spng_ctx, Free>;

std::string reason(int error) {
  if (error == SPNG_EOF || error == SPNG_IO_EOF || error == SPNG_EIDAT_TOO_SHORT) return "PNG cut short";
  return fmt::format("broken PNG: {}", spng_strerror(error));
}

bool has_alpha(spng_ctx* context, const spng_ihdr& header) {
  spng_trns transparent{};
  return header.color_type == SPNG_COLOR_TYPE_GRAYSCALE_ALPHA ||
         header.color_type == SPNG_COLOR_TYPE_TRUECOLOR_ALPHA ||
         spng_get_trns(context, &transparent) == SPNG_OK;
}

void lay_row(const std::uint8_t* rgba, std::size_t width, std::uint8_t* rgb) {
  for (std::size_t x = 0; x < width; ++x) {
    for (std::size_t c = 0; c < 3; ++c) rgb[3 * x + c] = over_white(rgba[4 * x + c], rgba[4 * x + 3]);
  }
}

void lay_row(const std::uint16_t* rgba, std::size_t width, std::uint8_t* rgb) {
  for (std::size_t x = 0; x < width; ++x) {
    for (std::size_t c = 0; c < 3; ++c) rgb[3 * x + c] = over_white_16(rgba[4 * x + c], rgba[4 * x + 3]);
  }
}

/// Decodes to RGBA of `Sample` and lays it over white. Only an interlaced picture needs all of its RGBA at
/// once; others pass through one row. Returns an spng error.
template <class Sample>
int decode_over_white(spng_ctx* context, bool interlaced, Image& out) {
  constexpr int kFormat = sizeof(Sample) == 2 ? SPNG_FMT_RGBA16 : SPNG_FMT_RGBA8;
  const auto width = static_cast<std::size_t>(out.width);
  const auto height = static_cast<std::size_t>(out.height);
  std::vector<Sample> rgba(4 * width * (interlaced ? height : 1));
  if (interlaced) {
    const int error =
        spng_decode_image(context, rgba.data(), rgba.size() * sizeof(Sample), kFormat, SPNG_DECODE_TRNS);
    for (std::size_t y = 0; error == SPNG_OK && y < height; ++y) {
      lay_row(&rgba[4 * width * y], width, &out.rgb[3 * width * y]);
    }
    return error;
  }
  int error = spng_decode_image(context, nullptr, 0, kFormat, SPNG_DECODE_TRNS | SPNG_DECODE_PROGRESSIVE);
  for (std::size_t y = 0; error == SPNG_OK && y < height; ++y) {
    error = spng_decode_row(context, rgba.data(), rgba.size() * sizeof(Sample));
    // The last row comes with "end of image", which is no error.
    if (error == SPNG_OK || error == SPNG_EOI) lay_row(rgba.data(), width, &out.rgb[3 * width * y]);
  }
  return error == SPNG_EOI ? SPNG_OK : error;
}

}  // namespace

Decoded decode_png(Bytes bytes, std::int64_t max_pixels) {
  const Context context(spng_ctx_new(0));
  if (!context) return std::string("the PNG decoder did not start");
  // Texts and profiles beside the pixels may not take more than this.
  constexpr std::size_t kMaxChunk = std::size_t{1} << 24;
  spng_set_chunk_limits(context.get(), kMaxChunk, 2 * kMaxChunk);
  int error = spng_set_png_buffer(context.get(), bytes.data(), bytes.size());
  spng_ihdr header{};
  if (error == SPNG_OK) error = spng_get_ihdr(context.get(), &header);
  if (error != SPNG_OK) return reason(error);
  if (!within_limit(header.width, header.height, max_pixels))
    return too_large(header.width, header.height, max_pixels);

  Image out = Image::sized(static_cast<int>(header.width), static_cast<int>(header.height));
  const bool interlaced = header.interlace_method != SPNG_INTERLACE_NONE;
  if (header.bit_depth == 16) {
    error = decode_over_white<std::uint16_t>(context.get(), interlaced, out);
  } else if (has_alpha(context.get(), header)) {
    error = decode_over_white<std::uint8_t>(context.get(), interlaced, out);
  } else {
    error = spng_decode_image(context.get(), out.rgb.data(), out.rgb.size(), SPNG_FMT_RGB8, 0);
  }
  // The chunks behind the pixels: a file without its end is cut, and EXIF may stand there.
  if (error == SPNG_OK) error = spng_decode_chunks(context.get());
  if (error != SPNG_OK) return reason(error);
  spng_exif exif{};
  if (spng_get_exif(context.get(), &exif) != SPNG_OK) return out;
  return upright(std::move(out), exif_orientation(std::as_bytes(std::span(exif.data, exif.length))));
}

}  // namespace medley::media

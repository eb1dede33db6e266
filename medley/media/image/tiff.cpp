#include "medley/media/image/tiff.h"

#include "medley/media/image/exif.h"

#include <fmt/format.h>
#include <tiffio.h>

#include <algorithm>
#include <array>
#include <cstdarg>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace medley::media {
namespace {

/// Where reading is in the bytes of a file, and the first thing that libtiff found wrong with them.
struct TiffSource {
  Bytes bytes;
  std::size_t at = 0;
  std::array<char, 160> fault{};
};

TiffSource& source_of(void* handle) {
  return *static_cast<TiffSource*>(handle);
}

tmsize_t read_bytes(thandle_t handle, void* out, tmsize_t size) {
  auto& source = source_of(handle);
  const auto count = std::min(static_cast<std::size_t>(size), source.bytes.size() - source.at);
  if (count > 0) std::memcpy(out, source.bytes.data() + source.at, count);
  source.at += count;
  return static_cast<tmsize_t>(count);
}

tmsize_t write_nothing(thandle_t, void*, tmsize_t) {
  return 0;
}

toff_t seek_bytes(thandle_t handle, toff_t offset, int whence) {
  auto& source = source_of(handle);
  const auto base = whence == SEEK_CUR ? source.at : whence == SEEK_END ? source.bytes.size() : 0;
  // Offsets wrap around where they are negative, as libtiff means them.
  const toff_t to = base + offset;
  if (to > source.bytes.size()) return static_cast<toff_t>(-1);
  source.at = static_cast<std::size_t>(to);
  return to;
}

int close_nothing(thandle_t) {
  return 0;
}

toff_t size_of(thandle_t handle) {
  return source_of(handle).bytes.size();
}

/// libtiff only reads what it maps. By reads alone its version 4.5.0 refuses uncompressed tiles of other
/// sizes than multiples of 1024 bytes.
int map_bytes(thandle_t handle, void** base, toff_t* size) {
  const auto bytes = source_of(handle).bytes;
  *base = const_cast<std::byte*>(bytes.data());
  *size = bytes.size();
  return 1;
}

void unmap_nothing(thandle_t, void*, toff_t) {}

/// Keeps the first message; answering 1 leaves stderr alone.
int keep_error(TIFF*, void* user, const char*, const char* format, va_list arguments) {
  auto& fault = source_of(user).fault;
  if (fault[0] == '\0') std::vsnprintf(fault.data(), fault.size(), format, arguments);
  return 1;
}

/// The decoders of JPEG and of facsimiles go on after pixels that they could not read, and warn.
int keep_warning(TIFF* file, void* user, const char* module, const char* format, va_list arguments) {
  const std::string_view from(module != nullptr ? module : ""), said(format);
  if (from == "JPEGLib" || from.starts_with("Fax") || said.starts_with("Improper JPEG strip/tile size"))
    keep_error(file, user, module, format, arguments);
  return 1;
}

struct Closed {
  void operator()(TIFF* it) const { TIFFClose(it); }
  void operator()(TIFFOpenOptions* it) const { TIFFOpenOptionsFree(it); }
};
using File = std::unique_ptr<TIFF, Closed>;

File open(TiffSource& source, std::int64_t most_bytes) {
  const std::unique_ptr<TIFFOpenOptions, Closed> options(TIFFOpenOptionsAlloc());
  if (!options) return nullptr;
  TIFFOpenOptionsSetMaxSingleMemAlloc(options.get(), most_bytes);
  TIFFOpenOptionsSetErrorHandlerExtR(options.get(), keep_error, &source);
  TIFFOpenOptionsSetWarningHandlerExtR(options.get(), keep_warning, &source);
  return File(TIFFClientOpenExt("picture", "r", &source, read_bytes, write_nothing, seek_bytes, close_nothing,
                                size_of, map_bytes, unmap_nothing, options.get()));
}

/// Those whose decoders hold no more than the picture and a small window. JBIG's ends the process when it is
/// out of memory; those of LZMA, Zstandard, LERC and WebP take what the file says.
bool is_supported(int compression) {
  constexpr std::array kSupported{COMPRESSION_NONE,          COMPRESSION_CCITTRLE,  COMPRESSION_CCITTFAX3,
                                  COMPRESSION_CCITTFAX4,     COMPRESSION_LZW,       COMPRESSION_JPEG,
                                  COMPRESSION_ADOBE_DEFLATE, COMPRESSION_CCITTRLEW, COMPRESSION_PACKBITS,
                                  COMPRESSION_DEFLATE};
  return std::ranges::find(kSupported, compression) != kSupported.end();
}

/// Why a file would take more memory or time than its picture is worth, or "". Asked of libtiff, which reads
/// tags of types that the header leaves alone.
std::string excess(TIFF* file, Bytes bytes, std::int64_t most_bytes) {
  std::uint16_t compression = COMPRESSION_NONE;
  TIFFGetFieldDefaulted(file, TIFFTAG_COMPRESSION, &compression);
  if (!is_supported(compression))
    return fmt::format("TIFF with compression {} is not supported", compression);
  const bool tiled = TIFFIsTiled(file) != 0;
  const auto most = static_cast<std::uint64_t>(most_bytes);
  const auto part = tiled ? TIFFTileSize64(file) : TIFFStripSize64(file);
  if (part > most) return fmt::format("broken TIFF: a strip or tile of {} bytes", part);
  // Tiles may reach over the picture's edge, but not make it many times as large.
  const std::uint64_t parts = tiled ? TIFFNumberOfTiles(file) : TIFFNumberOfStrips(file);
  if (tiled && parts > 4 * most / std::max<std::uint64_t>(part, 1))
    return fmt::format("broken TIFF: {} tiles of {} bytes", parts, part);
  // Blank tiles may be the same bytes.
  std::uint64_t stored = 0;
  for (std::uint64_t i = 0; i < parts; ++i)
    stored +=
        std::min(TIFFGetStrileByteCount(file, static_cast<std::uint32_t>(i)), std::uint64_t{bytes.size()});
  return stored <= 8 * bytes.size() + most ? "" : "broken TIFF: its parts lie over each other";
}

/// Calls `pixel(from)` for each pixel of a tile or strip; steps are in samples of type `Sample`.
template <class Sample, class Pixel>
void put_pixels(const TIFFRGBAImage& reader, std::uint32_t* to, std::uint32_t width, std::uint32_t height,
                std::int32_t from_skew, std::int32_t to_skew, const unsigned char* bytes, Pixel pixel) {
  const auto step = static_cast<std::ptrdiff_t>(reader.samplesperpixel);
  const auto* from = reinterpret_cast<const Sample*>(bytes);
  for (; height > 0; --height, to += to_skew, from += from_skew * step)
    for (std::uint32_t x = 0; x < width; ++x, from += step) *to++ = pixel(from);
}

/// Grey of 16 bits, rounded; libtiff's own routine cuts the lower byte off.
void put_grey_16(TIFFRGBAImage* reader, std::uint32_t* to, std::uint32_t, std::uint32_t, std::uint32_t width,
                 std::uint32_t height, std::int32_t from_skew, std::int32_t to_skew, unsigned char* bytes) {
  put_pixels<std::uint16_t>(*reader, to, width, height, from_skew, to_skew, bytes,
                            [&](const std::uint16_t* from) { return reader->BWmap[(*from + 128) / 257][0]; });
}

/// Grey beside a straight alpha, which libtiff's own routine takes for multiplied already.
void put_grey_alpha(TIFFRGBAImage* reader, std::uint32_t* to, std::uint32_t, std::uint32_t,
                    std::uint32_t width, std::uint32_t height, std::int32_t from_skew, std::int32_t to_skew,
                    unsigned char* bytes) {
  put_pixels<std::uint8_t>(
      *reader, to, width, height, from_skew, to_skew, bytes, [&](const std::uint8_t* from) {
        const std::uint32_t alpha = from[1];
        const std::uint32_t grey = (TIFFGetR(reader->BWmap[from[0]][0]) * alpha + 127) / 255;
        return grey | grey << 8 | grey << 16 | alpha << 24;
      });
}

/// libtiff's RGBA interface on one file.
class RgbaReader {
 public:
  explicit RgbaReader(TIFF* file) : open_(TIFFRGBAImageBegin(&image_, file, 1, message_.data()) != 0) {}
  ~RgbaReader() {
    if (open_) TIFFRGBAImageEnd(&image_);
  }
  RgbaReader(const RgbaReader&) = delete;
  RgbaReader& operator=(const RgbaReader&) = delete;

  /// Why this kind of TIFF has no colours, or "".
  std::string refusal() const {
    return open_ ? "" : fmt::format("TIFF that is not supported: {}", message_.data());
  }

  bool has_size(const ImageHeader& header) const {
    return image_.width == header.width && image_.height == header.height;
  }

  /// The pixels as they are stored, row by row from the first, colours multiplied by alpha. False: broken.
  bool read(std::vector<std::uint32_t>& rgba) {
    // Turning is left to `upright`, which knows all eight ways.
    image_.req_orientation = image_.orientation;
    const bool grey =
        image_.photometric == PHOTOMETRIC_MINISBLACK || image_.photometric == PHOTOMETRIC_MINISWHITE;
    if (grey && image_.isContig != 0 && image_.bitspersample == 16) image_.put.contig = put_grey_16;
    if (grey && image_.isContig != 0 && image_.bitspersample == 8 && image_.samplesperpixel == 2 &&
        image_.alpha == EXTRASAMPLE_UNASSALPHA)
      image_.put.contig = put_grey_alpha;
    return TIFFRGBAImageGet(&image_, rgba.data(), image_.width, image_.height) != 0;
  }

 private:
  TIFFRGBAImage image_{};
  std::array<char, 1024> message_{};  // the size that libtiff asks for
  bool open_;
};

std::string broken(const TiffSource& source) {
  const std::string_view fault(source.fault.data());
  return fault.empty() ? "broken TIFF" : fmt::format("broken TIFF: {}", fault);
}

Image laid_over_white(const std::vector<std::uint32_t>& rgba, const ImageHeader& header) {
  Image out = Image::sized(static_cast<int>(header.width), static_cast<int>(header.height));
  for (std::size_t i = 0; i < rgba.size(); ++i) {
    const auto white = 255 - TIFFGetA(rgba[i]);
    const std::array<std::uint32_t, 3> color{TIFFGetR(rgba[i]), TIFFGetG(rgba[i]), TIFFGetB(rgba[i])};
    for (std::size_t c = 0; c < 3; ++c)
      out.rgb[3 * i + c] = static_cast<std::uint8_t>(std::min<std::uint32_t>(color[c] + white, 255));
  }
  return out;
}

}  // namespace

Decoded decode_tiff(Bytes bytes, const ImageHeader& header) {
  TiffSource source{bytes};
  // The header bounds a strip by the picture, a tile by four million pixels more, and both by five samples of
  // 16 bits.
  constexpr std::int64_t kFloor = std::int64_t{64} << 20;
  const std::int64_t most_bytes = kFloor + 10 * header.width * header.height;
  const auto file = open(source, most_bytes);
  if (!file) return broken(source);
  if (auto why = excess(file.get(), bytes, most_bytes); !why.empty()) return why;
  std::vector<std::uint32_t> rgba(static_cast<std::size_t>(header.width * header.height));
  {
    RgbaReader reader(file.get());
    if (auto why = reader.refusal(); !why.empty()) return why;
    if (!reader.has_size(header) || !reader.read(rgba) || source.fault[0] != '\0') return broken(source);
  }
  Image out = laid_over_white(rgba, header);
  std::vector<std::uint32_t>().swap(rgba);
  return upright(std::move(out), header.orientation);
}

}  // namespace medley::media

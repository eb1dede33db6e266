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
#include <utility>
#include <vector>

namespace medley::media {
namespace {

/// Where reading is in the bytes of a file, and the first thing that libtiff found wrong with them.
struct Source {
  Bytes bytes;
  std::size_t at = 0;
  std::array<char, 160> fault{};
};

Source& source_of(void* handle) {
  return *static_cast<Source*>(handle);
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
int keep_fault(TIFF*, void* user, const char*, const char* format, va_list arguments) {
  auto& fault = source_of(user).fault;
  if (fault[0] == '\0') std::vsnprintf(fault.data(), fault.size(), format, arguments);
  return 1;
}

int ignore(TIFF*, void*, const char*, const char*, va_list) {
  return 1;
}

struct Closed {
  void operator()(TIFF* it) const { TIFFClose(it); }
  void operator()(TIFFOpenOptions* it) const { TIFFOpenOptionsFree(it); }
};
using File = std::unique_ptr<TIFF, Closed>;

File open(Source& source, std::int64_t most_bytes) {
  const std::unique_ptr<TIFFOpenOptions, Closed> options(TIFFOpenOptionsAlloc());
  if (!options) return nullptr;
  TIFFOpenOptionsSetMaxSingleMemAlloc(options.get(), most_bytes);
  TIFFOpenOptionsSetErrorHandlerExtR(options.get(), keep_fault, &source);
  TIFFOpenOptionsSetWarningHandlerExtR(options.get(), ignore, nullptr);
  return File(TIFFClientOpenExt("picture", "r", &source, read_bytes, write_nothing, seek_bytes, close_nothing,
                                size_of, map_bytes, unmap_nothing, options.get()));
}

/// The pixels as they are stored, row by row from the first, colours multiplied by alpha; none: broken.
std::vector<std::uint32_t> rgba_of(TIFF* file, std::int64_t width, std::int64_t height) {
  std::array<char, 1024> message{};
  TIFFRGBAImage reader;
  if (TIFFRGBAImageBegin(&reader, file, 1, message.data()) == 0) return {};
  std::vector<std::uint32_t> out;
  if (reader.width == width && reader.height == height) {
    out.resize(static_cast<std::size_t>(width * height));
    // Turning is left to `upright`, which knows all eight ways.
    reader.req_orientation = reader.orientation;
    if (TIFFRGBAImageGet(&reader, out.data(), reader.width, reader.height) == 0) out.clear();
  }
  TIFFRGBAImageEnd(&reader);
  return out;
}

std::string broken(const Source& source) {
  const std::string_view fault(source.fault.data());
  return fault.empty() ? "broken TIFF" : fmt::format("broken TIFF: {}", fault);
}

}  // namespace

Decoded decode_tiff(Bytes bytes, const ImageHeader& header) {
  Source source{bytes};
  // The header bounds a tile by the picture: twice a side and 512 more, of at most four samples of 16 bits.
  constexpr std::int64_t kFloor = std::int64_t{64} << 20;
  const auto file = open(source, kFloor + 8 * (2 * header.width + 512) * (2 * header.height + 512));
  if (!file) return broken(source);
  const auto rgba = rgba_of(file.get(), header.width, header.height);
  if (rgba.empty()) return broken(source);
  Image out = Image::sized(static_cast<int>(header.width), static_cast<int>(header.height));
  for (std::size_t i = 0; i < rgba.size(); ++i) {
    const auto white = 255 - TIFFGetA(rgba[i]);
    const std::array<std::uint32_t, 3> color{TIFFGetR(rgba[i]), TIFFGetG(rgba[i]), TIFFGetB(rgba[i])};
    for (std::size_t c = 0; c < 3; ++c)
      out.rgb[3 * i + c] = static_cast<std::uint8_t>(std::min<std::uint32_t>(color[c] + white, 255));
  }
  return upright(std::move(out), header.orientation);
}

}  // namespace medley::media

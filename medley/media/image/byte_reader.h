#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace medley::media {

/// Reads integers of either byte order at any offset; outside the bytes everything is 0, so that callers
/// check `has` once and cannot run over the end.
class ByteReader {
 public:
  explicit ByteReader(std::span<const std::byte> bytes, bool big_endian = false)
      : bytes_(bytes), big_endian_(big_endian) {}

  bool has(std::size_t offset, std::size_t count) const {
    return offset <= bytes_.size() && count <= bytes_.size() - offset;
  }

  std::uint32_t u8(std::size_t at) const { return number(at, 1); }
  std::uint32_t u16(std::size_t at) const { return number(at, 2); }
  std::uint32_t u24(std::size_t at) const { return number(at, 3); }
  std::uint32_t u32(std::size_t at) const { return number(at, 4); }
  std::int32_t i32(std::size_t at) const { return static_cast<std::int32_t>(u32(at)); }

  bool is(std::size_t at, std::string_view text) const {
    return has(at, text.size()) &&
           std::string_view(reinterpret_cast<const char*>(bytes_.data()) + at, text.size()) == text;
  }

  std::size_t size() const { return bytes_.size(); }
  std::span<const std::byte> from(std::size_t at) const { return bytes_.subspan(at); }
  std::span<const std::byte> part(std::size_t at, std::size_t count) const {
    return bytes_.subspan(at, count);
  }

 private:
  std::uint32_t number(std::size_t at, std::size_t count) const {
    if (!has(at, count)) return 0;
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t byte = big_endian_ ? i : count - 1 - i;
      value = value << 8 | std::to_integer<std::uint32_t>(bytes_[at + byte]);
    }
    return value;
  }

  std::span<const std::byte> bytes_;
  bool big_endian_;
};

}  // namespace medley::media

#include "medley/data/npy.h"

#include "medley/core/error.h"
#include "medley/core/file.h"
#include "medley/data/npy_header.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <type_traits>

namespace medley::data {
namespace {

template <std::size_t size>
using Bits =
    std::conditional_t<size == 1, std::uint8_t,
                       std::conditional_t<size == 2, std::uint16_t,
                                          std::conditional_t<size == 4, std::uint32_t, std::uint64_t>>>;

/// One element as unsigned bits; the file need not be aligned.
template <std::size_t size>
Bits<size> load_bits(const std::byte* at, bool big_endian) {
  std::byte bytes[size];
  std::memcpy(bytes, at, size);
  if (big_endian) std::reverse(bytes, bytes + size);
  Bits<size> bits;
  std::memcpy(&bits, bytes, size);
  return bits;
}

/// IEEE 754 binary16: 1 sign, 5 exponent (bias 15), 10 fraction bits.
float half_to_float(std::uint16_t half) {
  const std::uint32_t sign = static_cast<std::uint32_t>(half & 0x8000) << 16;
  const std::uint32_t exponent = half >> 10 & 0x1F;
  const std::uint32_t fraction = half & 0x3FF;
  if (exponent == 0) {  // zero and subnormals: fraction * 2^-24, exact in float32
    const float value = static_cast<float>(fraction) * 0x1p-24f;
    return sign != 0 ? -value : value;
  }
  const std::uint32_t wide = exponent == 31 ? 255 : exponent - 15 + 127;
  return std::bit_cast<float>(sign | wide << 23 | fraction << 13);
}

float element(const std::byte* at, NpyType type, bool big_endian) {
  switch (type) {
    case NpyType::float16: return half_to_float(load_bits<2>(at, big_endian));
    case NpyType::float32: return std::bit_cast<float>(load_bits<4>(at, big_endian));
    case NpyType::float64: return static_cast<float>(std::bit_cast<double>(load_bits<8>(at, big_endian)));
    case NpyType::uint8: return static_cast<float>(load_bits<1>(at, big_endian));
    case NpyType::int32: return static_cast<float>(std::bit_cast<std::int32_t>(load_bits<4>(at, big_endian)));
    case NpyType::int64: return static_cast<float>(std::bit_cast<std::int64_t>(load_bits<8>(at, big_endian)));
  }
  fail(ErrorCode::internal, "a .npy type without a reader");
}

template <class T>
struct Code;
template <>
struct Code<float> {
  static constexpr std::string_view descr = "<f4";
  static constexpr NpyType type = NpyType::float32;
};
template <>
struct Code<std::uint8_t> {
  static constexpr std::string_view descr = "|u1";
  static constexpr NpyType type = NpyType::uint8;
};
template <>
struct Code<std::int32_t> {
  static constexpr std::string_view descr = "<i4";
  static constexpr NpyType type = NpyType::int32;
};
template <>
struct Code<std::int64_t> {
  static constexpr std::string_view descr = "<i8";
  static constexpr NpyType type = NpyType::int64;
};

template <class T>
void save_matrix(const std::filesystem::path& path, math::MatrixView<const T> matrix) {
  AtomicFile file(path);
  file.write(make_npy_header(Code<T>::descr, {matrix.rows(), matrix.cols()}));
  for (math::Index i = 0; i < matrix.rows(); ++i) {
    const auto row = matrix.row(i);
    file.write(row.data(), row.size_bytes());
  }
  file.commit();
}

/// All elements of a file, which are as memory has them.
template <class T>
void copy_elements(const MappedFile& file, const NpyHeader& header, T* to, math::Index count) {
  file.copy(header.data_offset, std::as_writable_bytes(std::span(to, static_cast<std::size_t>(count))));
}

}  // namespace

math::Matrix parse_npy(std::span<const std::byte> file, std::string_view name) {
  const auto header = parse_npy_header(file, name);
  const auto rows = header.shape[0];
  const auto cols = header.shape.size() == 2 ? header.shape[1] : 1;
  const auto size = npy_item_size(header.type);
  const std::byte* at = file.data() + header.data_offset;
  math::Matrix out(rows, cols);
  if (rows == 0 || cols == 0) return out;
  const bool by_column = header.fortran_order && header.shape.size() == 2;
  const auto outer = by_column ? cols : rows;
  const auto inner = by_column ? rows : cols;
  for (math::Index i = 0; i < outer; ++i) {
    for (math::Index j = 0; j < inner; ++j, at += size) {
      (by_column ? out(j, i) : out(i, j)) = element(at, header.type, header.big_endian);
    }
  }
  return out;
}

math::Matrix load_npy(const std::filesystem::path& path) {
  const MappedFile file(path);
  const auto name = path.string();
  const auto header = parse_npy_header(file.bytes(), name);
  const bool as_it_is = header.type == NpyType::float32 && !header.big_endian && !header.fortran_order;
  if (!as_it_is) return parse_npy(file.bytes(), name);
  math::Matrix out(header.shape[0], header.shape.size() == 2 ? header.shape[1] : 1);
  copy_elements(file, header, out.data(), out.rows() * out.cols());
  return out;
}

template <class T>
std::vector<T> load_npy_vector(const std::filesystem::path& path) {
  const MappedFile file(path);
  const auto name = path.string();
  const auto header = parse_npy_header(file.bytes(), name);
  if (header.type != Code<T>::type || header.big_endian || header.shape.size() != 1) {
    fail(ErrorCode::corrupt_data, "'{}' must be a vector of dtype '{}'", name, Code<T>::descr);
  }
  std::vector<T> out(static_cast<std::size_t>(header.shape[0]));
  copy_elements(file, header, out.data(), header.shape[0]);
  return out;
}

template <class T>
void save_npy_vector(const std::filesystem::path& path, std::span<const T> values) {
  AtomicFile file(path);
  file.write(make_npy_header(Code<T>::descr, {static_cast<std::int64_t>(values.size())}));
  file.write(values.data(), values.size_bytes());
  file.commit();
}

template <class T>
math::BasicMatrix<T> load_npy_matrix(const std::filesystem::path& path) {
  const MappedFile file(path);
  const auto name = path.string();
  const auto header = parse_npy_header(file.bytes(), name);
  if (header.type != Code<T>::type || header.big_endian || header.fortran_order || header.shape.size() != 2) {
    fail(ErrorCode::corrupt_data, "'{}' must be a matrix of dtype '{}' in C order", name, Code<T>::descr);
  }
  math::BasicMatrix<T> out(header.shape[0], header.shape[1]);
  copy_elements(file, header, out.data(), out.rows() * out.cols());
  return out;
}

NpyType npy_type(const std::filesystem::path& path) {
  const MappedFile file(path);
  return parse_npy_header(file.bytes(), path.string()).type;
}

void save_npy(const std::filesystem::path& path, math::MatrixView<const float> matrix) {
  save_matrix(path, matrix);
}
void save_npy(const std::filesystem::path& path, math::MatrixView<const std::uint8_t> matrix) {
  save_matrix(path, matrix);
}
void save_npy(const std::filesystem::path& path, math::MatrixView<const std::int32_t> matrix) {
  save_matrix(path, matrix);
}

template math::BasicMatrix<std::uint8_t> load_npy_matrix(const std::filesystem::path&);
template math::BasicMatrix<std::int32_t> load_npy_matrix(const std::filesystem::path&);
template std::vector<float> load_npy_vector(const std::filesystem::path&);
template std::vector<std::uint8_t> load_npy_vector(const std::filesystem::path&);
template std::vector<std::int32_t> load_npy_vector(const std::filesystem::path&);
template std::vector<std::int64_t> load_npy_vector(const std::filesystem::path&);
template void save_npy_vector(const std::filesystem::path&, std::span<const float>);
template void save_npy_vector(const std::filesystem::path&, std::span<const std::uint8_t>);
template void save_npy_vector(const std::filesystem::path&, std::span<const std::int32_t>);
template void save_npy_vector(const std::filesystem::path&, std::span<const std::int64_t>);

}  // namespace medley::data

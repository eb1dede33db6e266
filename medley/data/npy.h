#pragma once

#include "medley/math/matrix.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace medley::data {

/// Element types of the `.npy` files that are read.
enum class NpyType { float16, float32, float64, uint8, int32, int64 };

/// What the header of a `.npy` file says (versions 1, 2 and 3 of the format; NumPy Enhancement Proposal 1).
struct NpyHeader {
  NpyType type = NpyType::float32;
  bool big_endian = false;
  bool fortran_order = false;
  std::vector<std::int64_t> shape;  ///< one or two lengths, each in [0, 2^31)
  std::size_t data_offset = 0;      ///< of the first element, in bytes
};

/// Reads the header and holds it to the length of `file`: the data must be exactly as long as the shape says.
/// Throws `corrupt_data` or `unsupported` (object and structured types, other dimensions), opening the
/// message with `name`.
NpyHeader parse_npy_header(std::span<const std::byte> file, std::string_view name);

/// The whole of a `.npy` file as float32 rows; a vector becomes one column. Doubles and int64 are rounded to
/// the nearest float32. NaN and infinities are kept. Throws as above; takes memory only after the length
/// check.
math::Matrix parse_npy(std::span<const std::byte> file, std::string_view name);
math::Matrix load_npy(const std::filesystem::path& path);

/// The rows of a matrix of exactly the named element type, one of uint8, int32.
template <class T>
math::BasicMatrix<T> load_npy_matrix(const std::filesystem::path& path);

/// The element type of a file.
NpyType npy_type(const std::filesystem::path& path);

/// A vector of exactly the named element type, one of float, uint8, int32, int64.
template <class T>
std::vector<T> load_npy_vector(const std::filesystem::path& path);

/// Writes version 1, C order, little endian, through `AtomicFile`. T: float, uint8, int32, int64.
template <class T>
void save_npy_vector(const std::filesystem::path& path, std::span<const T> values);
void save_npy(const std::filesystem::path& path, math::MatrixView<const float> matrix);
void save_npy(const std::filesystem::path& path, math::MatrixView<const std::uint8_t> matrix);
void save_npy(const std::filesystem::path& path, math::MatrixView<const std::int32_t> matrix);

}  // namespace medley::data

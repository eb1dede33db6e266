#pragma once

#include "medley/data/npy.h"

#include <string>

namespace medley::data {

/// The magic string, the length and the dictionary that open a version 1 file, padded to 64 bytes.
/// `descr` as NumPy writes it: "<f4".
std::string make_npy_header(std::string_view descr, const std::vector<std::int64_t>& shape);

/// Bytes of one element.
std::size_t npy_item_size(NpyType type);

}  // namespace medley::data

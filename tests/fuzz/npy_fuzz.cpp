// A .npy file: either an error of ours, or a matrix no larger than the file allows.
#include "medley/core/error.h"
#include "medley/data/npy.h"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    const auto matrix = medley::data::parse_npy(std::as_bytes(std::span(data, size)), "input");
    if (matrix.rows() * matrix.cols() > static_cast<std::int64_t>(size)) std::abort();
  } catch (const medley::Error&) {
  }
  return 0;
}

#include "medley/core/error.h"
#include "medley/features/text/vec_file.h"

// Whatever stands in a `.vec` file, it is read or refused with an error that names a line; memory follows the
// bytes that are there, not what the header claims.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    const auto file = medley::features::read_vec(text, "fuzz.vec", {"red"}, 2);
    std::vector<float> out(static_cast<std::size_t>(file.vectors.dim()));
    file.vectors.find("red", out);
  } catch (const medley::Error& error) {
    if (error.code() != medley::ErrorCode::corrupt_data) __builtin_trap();
  }
  return 0;
}

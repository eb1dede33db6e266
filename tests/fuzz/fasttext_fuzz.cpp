#include "medley/core/error.h"
#include "medley/features/text/fasttext_file.h"

// Whatever stands in a `.bin` of fastText, it is read or refused, and no row is looked for outside of it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    const auto model = medley::features::read_fasttext(std::as_bytes(std::span(data, size)), "fuzz.bin");
    const auto vectors = medley::features::WordVectors::of(model, {"red"}, 8);
    std::vector<float> out(static_cast<std::size_t>(vectors.dim()));
    vectors.find("reddish", out);
  } catch (const medley::Error& error) {
    if (error.code() != medley::ErrorCode::corrupt_data && error.code() != medley::ErrorCode::unsupported)
      __builtin_trap();
  }
  return 0;
}

// train.txt and test.txt: the input is cut at its first NUL.
#include "medley/data/readers/source.h"

#include "tests/fuzz/read_folder.h"

#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto parts = parts_of(data, size, 2);
  read_folder("lightgcn", {{"train.txt", parts[0]}, {"test.txt", parts[1]}});
  return 0;
}

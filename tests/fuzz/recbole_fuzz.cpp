// Atomic files: the input is cut at its first NUL into an .inter and an .item file.
#include "medley/data/readers/source.h"

#include "tests/fuzz/read_folder.h"

#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto parts = parts_of(data, size, 2);
  read_folder("recbole", {{"a.inter", parts[0]}, {"a.item", parts[1]}});
  return 0;
}

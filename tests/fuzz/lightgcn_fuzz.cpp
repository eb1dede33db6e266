// train.txt and test.txt: the input is cut at its first NUL.
#include "medley/data/readers/source.h"

#include "tests/fuzz/read_folder.h"

#include <algorithm>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto cut = std::min(text.find('\0'), text.size());
  read_folder("lightgcn",
              {{"train.txt", text.substr(0, cut)}, {"test.txt", text.substr(std::min(cut + 1, size))}});
  return 0;
}

// Atomic files: the input is cut at its first NUL into an .inter and an .item file.
#include "medley/data/readers/source.h"

#include "tests/fuzz/read_folder.h"

#include <algorithm>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto cut = std::min(text.find('\0'), text.size());
  read_folder("recbole",
              {{"a.inter", text.substr(0, cut)}, {"a.item", text.substr(std::min(cut + 1, size))}});
  return 0;
}

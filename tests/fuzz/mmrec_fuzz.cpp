// A tab-separated .inter whose x_label gives the part.
#include "medley/data/readers/source.h"

#include "tests/fuzz/read_folder.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  read_folder("mmrec", {{"a.inter", {reinterpret_cast<const char*>(data), size}}});
  return 0;
}

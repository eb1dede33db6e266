// A model or features file of any bytes: refused, or every array in it can be read to its end.
// The checksums are made right first.
#include "medley/core/archive.h"
#include "medley/core/error.h"

#include "tests/fuzz/archive_bytes.h"

#include <cstdint>
#include <numeric>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string bytes(reinterpret_cast<const char*>(data), size);
  ChecksumMender(bytes).mend();
  const MemoryFile file(bytes);
  try {
    const medley::ArchiveReader reader(file.path(), "model");
    for (const auto& name : reader.damaged()) (void)reader.contains(name);
    const auto inside = reader.inside("a");
    const auto sum = [](auto values) { return std::accumulate(values.begin(), values.end(), 0.0); };
    volatile double total = sum(inside.get<float>("rows")) + sum(reader.get<std::int32_t>("offsets"));
    (void)total;
    (void)reader.get_texts("ids");
  } catch (const medley::Error&) {
  }
  return 0;
}

// A model or features file of any bytes: refused, or every array in it can be read to its end.
// The checksum over the table is made right first: without that no changed table would get past it.
#include "medley/core/archive.h"
#include "medley/core/error.h"
#include "medley/core/hash.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <numeric>
#include <string>
#include <string_view>

namespace {

/// A file that is only in memory, under the path /proc/self/fd/<n>.
class MemoryFile {
 public:
  explicit MemoryFile(std::string_view bytes) : fd_(memfd_create("archive", 0)) {
    if (fd_ < 0 || write(fd_, bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size())) std::abort();
  }
  ~MemoryFile() { close(fd_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  std::string path() const { return "/proc/self/fd/" + std::to_string(fd_); }

 private:
  int fd_;
};

/// The last 40 bytes: offset and size of the table, its checksum, the version, 4 bytes of nothing, the magic.
void mend_table_checksum(std::string& bytes) {
  constexpr std::size_t kFooter = 40;
  if (bytes.size() < kFooter) return;
  char* footer = bytes.data() + bytes.size() - kFooter;
  std::uint64_t offset = 0, size = 0;
  std::uint32_t version = 0;
  std::memcpy(&offset, footer, sizeof offset);
  std::memcpy(&size, footer + 8, sizeof size);
  std::memcpy(&version, footer + 24, sizeof version);
  if (offset > bytes.size() || size > bytes.size() - offset) return;
  const auto table = std::string_view(bytes).substr(offset, size);
  const auto checksum = medley::xxh64(table, medley::xxh64(&offset, sizeof offset, version));
  std::memcpy(footer + 16, &checksum, sizeof checksum);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string bytes(reinterpret_cast<const char*>(data), size);
  mend_table_checksum(bytes);
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

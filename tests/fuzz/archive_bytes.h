#pragma once

#include "medley/core/hash.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

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

/// Makes the checksums of an archive right, as far as its table can be read: without that no changed table
/// and no changed index array would get past them. The layout is that of medley/core/archive.cpp.
class ChecksumMender {
 public:
  explicit ChecksumMender(std::string& bytes) : bytes_(bytes) {}

  void mend() {
    // Offset and size of the table, its checksum, the version, 4 bytes of nothing, the magic.
    constexpr std::size_t kFooter = 40;
    if (bytes_.size() < kFooter) return;
    const auto footer = bytes_.size() - kFooter;
    const auto offset = at<std::uint64_t>(footer);
    const auto size = at<std::uint64_t>(footer + 8);
    const auto version = at<std::uint32_t>(footer + 24);
    if (offset > footer || size > footer - offset) return;
    mend_arrays(offset, offset + size);
    const auto table = std::string_view(bytes_).substr(offset, size);
    put(footer + 16, medley::xxh64(table, medley::xxh64(&offset, sizeof offset, version)));
  }

 private:
  template <class T>
  T at(std::size_t position) const {
    T value{};
    std::memcpy(&value, bytes_.data() + position, sizeof value);
    return value;
  }
  void put(std::size_t position, std::uint64_t value) {
    std::memcpy(bytes_.data() + position, &value, sizeof value);
  }

  /// Entries after the count: length of the name, name, type, verify, count, offset, checksum.
  void mend_arrays(std::size_t begin, std::size_t end) {
    constexpr std::size_t kFixed = 32;
    for (auto entry = begin + 4; entry + 4 <= end;) {
      const std::size_t name = at<std::uint32_t>(entry);
      entry += 4;
      if (name > end - entry || kFixed > end - entry - name) return;
      entry += name;
      const auto type = at<std::uint32_t>(entry);
      const std::uint64_t width = type == 1 ? 1 : type == 3 || type == 5 ? 8 : 4;
      const auto count = at<std::uint64_t>(entry + 8);
      const auto offset = at<std::uint64_t>(entry + 16);
      if (offset <= begin && count <= (begin - offset) / width)
        put(entry + 24, medley::xxh64(bytes_.data() + offset, count * width));
      entry += kFixed;
    }
  }

  std::string& bytes_;
};

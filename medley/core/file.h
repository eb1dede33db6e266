#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace medley {

/// Writes a file so that a reader sees the old one or the whole new one: a temporary file beside it, fsync,
/// rename. Every call throws `io` with the path and the reason (a full disk included); without `commit`
/// nothing is left behind.
class AtomicFile {
 public:
  explicit AtomicFile(std::filesystem::path path);
  ~AtomicFile();
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;

  void write(const void* data, std::size_t size);
  void write(std::string_view text) { write(text.data(), text.size()); }
  std::uint64_t position() const { return position_; }
  void commit();

 private:
  std::filesystem::path path_;
  std::filesystem::path temporary_;
  std::FILE* file_ = nullptr;
  std::uint64_t position_ = 0;
};

/// Whether `path` is called as the temporary file of an `AtomicFile` whose process has ended since: killed
/// before it could remove it.
bool is_stale_temporary(const std::filesystem::path& path);

/// A read-only map of a whole file. Throws `not_found` or `io`; a folder or a device is refused.
class MappedFile {
 public:
  explicit MappedFile(const std::filesystem::path& path);
  ~MappedFile();
  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&& other) noexcept;
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  std::span<const std::byte> bytes() const { return {static_cast<const std::byte*>(data_), size_}; }
  std::string_view text() const { return {static_cast<const char*>(data_), size_}; }

  /// Copies the bytes from `at` on, all of which are in the file. What is copied does not stay in memory
  /// twice, as it would by a copy of `bytes()`: its pages are handed back on the way. Throws
  /// `invalid_argument` for bytes beyond the end.
  void copy(std::size_t at, std::span<std::byte> to) const;

 private:
  const void* data_ = nullptr;
  std::size_t size_ = 0;
};

/// The whole file as bytes. Throws `not_found`, `io`, or `limit` above `max_bytes`.
std::string read_file(const std::filesystem::path& path, std::uint64_t max_bytes);

/// Writes `text` through `AtomicFile`.
void write_file(const std::filesystem::path& path, std::string_view text);

}  // namespace medley

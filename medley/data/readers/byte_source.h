#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace medley::data {

/// A run of bytes read once from its start: a file, or memory in tests and fuzzers.
class ByteSource {
 public:
  virtual ~ByteSource() = default;

  /// Fills up to `size` bytes; 0 only at the end. Throws `io`.
  virtual std::size_t read(char* into, std::size_t size) = 0;

  /// Opens messages: the file's path as it was given.
  virtual const std::string& name() const = 0;
};

/// Throws `not_found` or `io`; a folder or a device is refused with its name.
std::unique_ptr<ByteSource> open_file(const std::filesystem::path& path);

/// `bytes` outlives the source.
std::unique_ptr<ByteSource> open_memory(std::string_view bytes, std::string name);

enum class Encoding { utf8, latin1 };

/// utf-8 | latin-1, in any case. Throws `invalid_argument` for others.
Encoding parse_encoding(std::string_view name);

/// A source as UTF-8 text: the byte order mark is taken off, Latin-1 is transcoded.
/// UTF-8 is passed on unchecked: the row that holds a bad byte can name its line.
class TextSource {
 public:
  /// Throws `corrupt_data` when the file starts as UTF-16 or is binary (a NUL within its first 4 KiB).
  TextSource(std::unique_ptr<ByteSource> source, Encoding encoding);

  /// Appends up to `size` bytes of the source to `out`, transcoded; false at the end.
  bool append(std::string& out, std::size_t size);

  const std::string& name() const { return source_->name(); }
  Encoding encoding() const { return encoding_; }
  /// Bytes of the source taken so far.
  std::int64_t position() const { return position_; }

 private:
  void add(std::string& out, std::string_view bytes) const;

  std::unique_ptr<ByteSource> source_;
  Encoding encoding_;
  std::string head_;
  std::string chunk_;
  std::int64_t position_ = 0;
};

}  // namespace medley::data

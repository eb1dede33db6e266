#pragma once

#include "medley/core/error.h"
#include "medley/core/file.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace medley {

/// Element types of an archive's arrays.
enum class ArrayType : std::uint32_t { u8 = 1, i32 = 2, i64 = 3, f32 = 4, f64 = 5 };

template <class T>
struct ArrayTypeOf;
template <>
struct ArrayTypeOf<std::uint8_t> {
  static constexpr auto value = ArrayType::u8;
};
template <>
struct ArrayTypeOf<std::int32_t> {
  static constexpr auto value = ArrayType::i32;
};
template <>
struct ArrayTypeOf<std::int64_t> {
  static constexpr auto value = ArrayType::i64;
};
template <>
struct ArrayTypeOf<float> {
  static constexpr auto value = ArrayType::f32;
};
template <>
struct ArrayTypeOf<double> {
  static constexpr auto value = ArrayType::f64;
};

/// When the checksum of an array is verified: `at_load` for everything that is an index, a length or a text;
/// `on_request` for large arrays of values, where a flipped bit changes a number but no address.
enum class Verify : std::uint32_t { at_load = 0, on_request = 1 };

/// Writes one file of named arrays: magic, version, 64-byte-aligned arrays (little-endian), then a table of
/// them with its own checksum. Nothing is visible before `commit`. Throws `io`.
class ArchiveWriter {
 public:
  static constexpr std::uint32_t kVersion = 1;

  /// `kind` says what the archive is ("model", "features"); a reader asks for the same.
  ArchiveWriter(std::filesystem::path path, std::string_view kind);

  template <class T>
  void put(std::string_view name, std::span<const T> values, Verify verify = Verify::at_load) {
    add(name, ArrayTypeOf<T>::value, verify, values.data(), values.size(), sizeof(T));
  }
  template <class T>
  void put(std::string_view name, const std::vector<T>& values, Verify verify = Verify::at_load) {
    put(name, std::span<const T>(values), verify);
  }
  void put_text(std::string_view name, std::string_view text);
  /// Stored as one array of bytes and one of offsets.
  void put_texts(std::string_view name, std::span<const std::string> texts);
  template <class T>
  void put_value(std::string_view name, T value) {
    put(name, std::span<const T>(&value, 1));
  }

  /// Until the matching `leave`, names are written as `prefix/name`.
  void enter(std::string_view prefix);
  void leave();

  void commit();

 private:
  struct Entry {
    std::string name;
    ArrayType type;
    Verify verify;
    std::uint64_t count;
    std::uint64_t offset;
    std::uint64_t checksum;
  };

  void add(std::string_view name, ArrayType type, Verify verify, const void* data, std::size_t count,
           std::size_t width);

  AtomicFile file_;
  std::vector<std::string> scopes_;
  std::vector<Entry> entries_;
};

/// Maps an archive; arrays are views into the map and live as long as any copy of the reader.
/// The constructor checks magic, kind, version, the table, every offset and length, and the checksum of every
/// `at_load` array; it throws `corrupt_data` or `unsupported` (a newer version) and names the file.
class ArchiveReader {
 public:
  ArchiveReader(const std::filesystem::path& path, std::string_view kind);

  bool contains(std::string_view name) const;

  /// Throws `corrupt_data` when there is no such array or it is of another type.
  template <class T>
  std::span<const T> get(std::string_view name) const {
    const auto& entry = find(name, ArrayTypeOf<T>::value);
    return {reinterpret_cast<const T*>(map_->bytes().data() + entry.offset), entry.count};
  }
  /// As `get`, and throws unless it has exactly `count` elements.
  template <class T>
  std::span<const T> get(std::string_view name, std::size_t count) const {
    const auto values = get<T>(name);
    if (values.size() != count) wrong_length(name, count, values.size());
    return values;
  }
  std::string get_text(std::string_view name) const;
  std::vector<std::string> get_texts(std::string_view name) const;
  template <class T>
  T get_value(std::string_view name) const {
    return get<T>(name, 1)[0];
  }

  /// A reader of the names below `prefix`.
  ArchiveReader inside(std::string_view prefix) const;

  /// Names of the arrays whose `on_request` checksum does not hold.
  std::vector<std::string> damaged() const;

  const std::filesystem::path& path() const { return path_; }

 private:
  struct Entry {
    ArrayType type = ArrayType::u8;
    Verify verify;
    std::uint64_t count;
    std::uint64_t offset;
    std::uint64_t checksum;
  };

  const Entry& find(std::string_view name, ArrayType type) const;
  [[noreturn]] void wrong_length(std::string_view name, std::size_t expected, std::size_t found) const;
  void read_table(std::string_view kind);
  bool intact(const Entry& entry) const;

  std::filesystem::path path_;
  std::shared_ptr<const MappedFile> map_;
  std::shared_ptr<const std::map<std::string, Entry, std::less<>>> entries_;
  std::string prefix_;
};

}  // namespace medley

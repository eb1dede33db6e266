#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <span>
#include <type_traits>
#include <vector>

namespace medley {

/// Bytes that are written one after the other and then read, as often as wanted, at any place: in memory as
/// long as they are few, then in a file without a name in the system's folder for temporary files ($TMPDIR),
/// which goes with the object or with the process. One thread at a time. Throws `io`.
class Spool {
 public:
  static constexpr std::size_t kInMemory = std::size_t{8} << 20;

  explicit Spool(std::size_t in_memory = kInMemory) : in_memory_(in_memory) {}
  ~Spool();
  Spool(Spool&& other) noexcept;
  Spool& operator=(Spool&& other) noexcept;
  Spool(const Spool&) = delete;
  Spool& operator=(const Spool&) = delete;

  template <class Value>
  void write(std::span<const Value> values) {
    static_assert(std::is_trivially_copyable_v<Value>);
    write_bytes(std::as_bytes(values));
  }

  /// Fills `values` with what was written at byte `at` and after it; all of that was written.
  template <class Value>
  void read(std::uint64_t at, std::span<Value> values) const {
    static_assert(std::is_trivially_copyable_v<Value>);
    read_bytes(at, std::as_writable_bytes(values));
  }

  /// Bytes written so far: where the next one goes.
  std::uint64_t size() const { return size_; }

 private:
  void write_bytes(std::span<const std::byte> bytes);
  void read_bytes(std::uint64_t at, std::span<std::byte> bytes) const;

  std::size_t in_memory_;
  std::vector<std::byte> bytes_;
  std::FILE* file_ = nullptr;  ///< has everything, once it is there
  std::uint64_t size_ = 0;
};

}  // namespace medley

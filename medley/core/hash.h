#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace medley {

/// XXH64 of the bytes.
std::uint64_t xxh64(const void* data, std::size_t size, std::uint64_t seed = 0);
inline std::uint64_t xxh64(std::string_view text, std::uint64_t seed = 0) {
  return xxh64(text.data(), text.size(), seed);
}

/// 128-bit XXH3 as 32 hex digits: names content in caches.
std::string content_hash(std::string_view bytes);

/// `content_hash` of bytes that come in pieces, which need not be in memory together.
class ContentHasher {
 public:
  ContentHasher();
  ~ContentHasher();

  void add(std::string_view bytes);

  /// Of all that was added so far.
  std::string digest() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// XXH64 fed in pieces: the hash of user + "\0" + item for one user and many items.
/// Orders items of equal score (seed 0, outside ids), so that no id, row number or popularity decides.
class TieHasher {
 public:
  explicit TieHasher(std::string_view user);
  std::uint64_t operator()(std::string_view item);

 private:
  std::string buffer_;
  std::size_t prefix_;
};

}  // namespace medley

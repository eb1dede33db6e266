#include "medley/core/hash.h"

#include <fmt/format.h>
#include <xxhash.h>

namespace medley {

std::uint64_t xxh64(const void* data, std::size_t size, std::uint64_t seed) {
  return XXH64(data, size, seed);
}

std::string content_hash(std::string_view bytes) {
  const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
  return fmt::format("{:016x}{:016x}", hash.high64, hash.low64);
}

TieHasher::TieHasher(std::string_view user) : buffer_(user) {
  buffer_.push_back('\0');
  prefix_ = buffer_.size();
}

std::uint64_t TieHasher::operator()(std::string_view item) {
  buffer_.resize(prefix_);
  buffer_.append(item);
  return xxh64(buffer_);
}

}  // namespace medley

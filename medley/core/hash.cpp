#include "medley/core/hash.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <new>

namespace medley {
namespace {

std::string digits(XXH128_hash_t hash) {
  return fmt::format("{:016x}{:016x}", hash.high64, hash.low64);
}

}  // namespace

std::uint64_t xxh64(const void* data, std::size_t size, std::uint64_t seed) {
  return XXH64(data, size, seed);
}

std::string content_hash(std::string_view bytes) {
  return digits(XXH3_128bits(bytes.data(), bytes.size()));
}

struct ContentHasher::State {
  struct Free {
    void operator()(XXH3_state_t* state) const { XXH3_freeState(state); }
  };
  std::unique_ptr<XXH3_state_t, Free> xxh3{XXH3_createState()};
};

ContentHasher::ContentHasher() : state_(std::make_unique<State>()) {
  if (!state_->xxh3) throw std::bad_alloc();
  XXH3_128bits_reset(state_->xxh3.get());
}

ContentHasher::~ContentHasher() = default;

void ContentHasher::add(std::string_view bytes) {
  XXH3_128bits_update(state_->xxh3.get(), bytes.data(), bytes.size());
}

std::string ContentHasher::digest() const {
  return digits(XXH3_128bits_digest(state_->xxh3.get()));
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

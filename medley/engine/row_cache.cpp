#include "medley/engine/row_cache.h"

#include "medley/core/error.h"
#include "medley/core/hash.h"

#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace medley::engine {
namespace {

constexpr std::size_t kHashBytes = 32;

/// What a payload holds.
enum Content : std::uint32_t { floats = 0, reason = 1, raw_bytes = 2 };

/// Before each payload.
struct RecordHead {
  char hash[kHashBytes];
  std::uint32_t content;
  std::uint32_t payload_bytes;
  std::uint64_t checksum;  ///< over the fields above and the payload
};

std::uint64_t checksum_of(const RecordHead& head, std::string_view payload) {
  return xxh64(payload, xxh64(&head, offsetof(RecordHead, checksum)));
}

Content content_of(const CachedRow& row) {
  if (!row.reason.empty()) return Content::reason;
  return row.raw.empty() ? Content::floats : Content::raw_bytes;
}

std::string payload_of(const CachedRow& row) {
  if (!row.reason.empty()) return row.reason;
  if (!row.raw.empty()) return row.raw;
  return {reinterpret_cast<const char*>(row.values.data()), row.values.size() * sizeof(float)};
}

}  // namespace

RowCache::RowCache(const std::filesystem::path& path) : path_(path) {
  file_ = std::fopen(path.c_str(), "a+b");
  if (file_ == nullptr) fail(ErrorCode::io, "cannot write '{}': {}", path.string(), std::strerror(errno));
  if (::flock(::fileno(file_), LOCK_EX | LOCK_NB) != 0) {
    std::fclose(file_);
    fail(ErrorCode::io, "another extraction is running in this workspace: '{}' is locked", path.string());
  }
  try {
    read_records();
  } catch (...) {
    std::fclose(file_);
    throw;
  }
}

RowCache::~RowCache() {
  std::fclose(file_);
}

void RowCache::read_records() {
  const auto size = std::filesystem::file_size(path_);
  if (std::fseek(file_, 0, SEEK_SET) != 0)
    fail(ErrorCode::io, "cannot read '{}': {}", path_.string(), std::strerror(errno));
  RecordHead head{};
  std::string payload;  // a buffer, not a map: what is mapped counts as memory of the process
  while (size - end_ >= sizeof head && std::fread(&head, sizeof head, 1, file_) == 1) {
    const auto begin = end_ + sizeof head;
    if (head.payload_bytes > size - begin) break;
    payload.resize(head.payload_bytes);
    if (std::fread(payload.data(), 1, payload.size(), file_) != payload.size()) break;
    if (head.checksum != checksum_of(head, payload) ||
        (head.content == Content::floats && payload.size() % sizeof(float) != 0))
      break;
    places_[std::string(head.hash, kHashBytes)] = {begin, head.payload_bytes, head.content};
    end_ = begin + payload.size();
  }
  // A disk that cannot be read is no reason to cut off what is there.
  if (std::ferror(file_) != 0)
    fail(ErrorCode::io, "cannot read '{}' at byte {}: {}", path_.string(), end_, std::strerror(errno));
  if (end_ < size && ::ftruncate(::fileno(file_), static_cast<off_t>(end_)) != 0) {
    fail(ErrorCode::io, "cannot cut '{}' to its whole records: {}", path_.string(), std::strerror(errno));
  }
  // Between reading and writing.
  if (std::fseek(file_, 0, SEEK_END) != 0)
    fail(ErrorCode::io, "cannot write '{}': {}", path_.string(), std::strerror(errno));
}

std::optional<CachedRow> RowCache::find(const std::string& content_hash) const {
  const auto it = places_.find(content_hash);
  if (it == places_.end()) return {};
  const auto& [offset, bytes, content] = it->second;
  std::string payload(bytes, '\0');
  // What was added and not flushed yet has to be in the file first.
  if (std::fflush(file_) != 0 ||
      ::pread(::fileno(file_), payload.data(), bytes, static_cast<off_t>(offset)) != ssize_t{bytes})
    fail(ErrorCode::io, "cannot read '{}' at byte {}", path_.string(), offset);
  CachedRow row;
  if (content == Content::reason) {
    row.reason = std::move(payload);
  } else if (content == Content::raw_bytes) {
    row.raw = std::move(payload);
  } else {
    row.values.resize(bytes / sizeof(float));
    if (bytes > 0) std::memcpy(row.values.data(), payload.data(), bytes);
  }
  return row;
}

void RowCache::add(const std::string& content_hash, const CachedRow& row) {
  const auto payload = payload_of(row);
  RecordHead head{{}, content_of(row), static_cast<std::uint32_t>(payload.size()), 0};
  std::memcpy(head.hash, content_hash.data(), kHashBytes);
  head.checksum = checksum_of(head, payload);
  if (std::fwrite(&head, sizeof head, 1, file_) != 1 ||
      std::fwrite(payload.data(), 1, payload.size(), file_) != payload.size()) {
    fail(ErrorCode::io, "cannot write '{}': {}", path_.string(), std::strerror(errno));
  }
  places_[content_hash] = {end_ + sizeof head, head.payload_bytes, head.content};
  end_ += sizeof head + payload.size();
}

void RowCache::flush() {
  if (std::fflush(file_) != 0)
    fail(ErrorCode::io, "cannot write '{}': {}", path_.string(), std::strerror(errno));
}

}  // namespace medley::engine

#include "medley/engine/row_cache.h"

#include "medley/core/error.h"
#include "medley/core/file.h"
#include "medley/core/hash.h"

#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace medley::engine {
namespace {

constexpr std::size_t kHashBytes = 32;

/// Before each payload. A payload is floats, or for `absent` the text of the reason.
struct RecordHead {
  char hash[kHashBytes];
  std::uint32_t absent;
  std::uint32_t payload_bytes;
  std::uint64_t checksum;  ///< over the fields above and the payload
};

std::uint64_t checksum_of(const RecordHead& head, std::string_view payload) {
  return xxh64(payload, xxh64(&head, offsetof(RecordHead, checksum)));
}

std::string payload_of(const CachedRow& row) {
  if (!row.reason.empty()) return row.reason;
  return {reinterpret_cast<const char*>(row.values.data()), row.values.size() * sizeof(float)};
}

}  // namespace

RowCache::RowCache(const std::filesystem::path& path) : path_(path) {
  file_ = std::fopen(path.c_str(), "ab");
  if (file_ == nullptr) fail(ErrorCode::io, "cannot write '{}': {}", path.string(), std::strerror(errno));
  if (::flock(::fileno(file_), LOCK_EX | LOCK_NB) != 0) {
    std::fclose(file_);
    fail(ErrorCode::io, "another extraction is running in this workspace: '{}' is locked", path.string());
  }
  try {
    read_records(path);
  } catch (...) {
    std::fclose(file_);
    throw;
  }
}

RowCache::~RowCache() {
  std::fclose(file_);
}

void RowCache::read_records(const std::filesystem::path& path) {
  const MappedFile map(path);
  const auto bytes = map.text();
  std::size_t at = 0;
  while (bytes.size() - at >= sizeof(RecordHead)) {
    RecordHead head{};
    std::memcpy(&head, bytes.data() + at, sizeof head);
    if (head.payload_bytes > bytes.size() - at - sizeof head) break;
    const auto payload = bytes.substr(at + sizeof head, head.payload_bytes);
    if (head.checksum != checksum_of(head, payload) ||
        (head.absent == 0 && payload.size() % sizeof(float) != 0))
      break;
    CachedRow row;
    if (head.absent != 0) {
      row.reason = payload;
    } else {
      row.values.resize(payload.size() / sizeof(float));
      if (!payload.empty()) std::memcpy(row.values.data(), payload.data(), payload.size());
    }
    rows_[std::string(head.hash, kHashBytes)] = std::move(row);
    at += sizeof head + payload.size();
  }
  if (at < bytes.size() && ::ftruncate(::fileno(file_), static_cast<off_t>(at)) != 0) {
    fail(ErrorCode::io, "cannot cut '{}' to its whole records: {}", path.string(), std::strerror(errno));
  }
}

const CachedRow* RowCache::find(const std::string& content_hash) const {
  const auto it = rows_.find(content_hash);
  return it == rows_.end() ? nullptr : &it->second;
}

void RowCache::add(const std::string& content_hash, CachedRow row) {
  const auto payload = payload_of(row);
  RecordHead head{{}, row.reason.empty() ? 0U : 1U, static_cast<std::uint32_t>(payload.size()), 0};
  std::memcpy(head.hash, content_hash.data(), kHashBytes);
  head.checksum = checksum_of(head, payload);
  if (std::fwrite(&head, sizeof head, 1, file_) != 1 ||
      std::fwrite(payload.data(), 1, payload.size(), file_) != payload.size()) {
    fail(ErrorCode::io, "cannot write '{}': {}", path_.string(), std::strerror(errno));
  }
  rows_[content_hash] = std::move(row);
}

void RowCache::flush() {
  if (std::fflush(file_) != 0)
    fail(ErrorCode::io, "cannot write '{}': {}", path_.string(), std::strerror(errno));
}

}  // namespace medley::engine

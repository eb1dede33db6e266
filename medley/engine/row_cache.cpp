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
        (head.content == Content::floats && payload.size() % sizeof(float) != 0))
      break;
    CachedRow row;
    if (head.content == Content::reason) {
      row.reason = payload;
    } else if (head.content == Content::raw_bytes) {
      row.raw = payload;
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
  RecordHead head{{}, content_of(row), static_cast<std::uint32_t>(payload.size()), 0};
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

#pragma once

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace medley::engine {

/// What a per-item extractor gave for one piece of content: a vector, or the reason why there is none.
struct CachedRow {
  std::vector<float> values;
  std::string reason;  ///< not empty: the content is absent
  std::string raw{};   ///< in place of values: the bytes of a raw row, as `data::FeatureTable` has them
};

/// Rows of one extractor with one set of parameters, by the hash of the content they were made from. A file
/// of records that only grows; each record carries its checksum, so that whatever a killed process left at
/// the end is cut off at the next opening. One process at a time: a second one is refused.
class RowCache {
 public:
  /// Opens or makes the file. Throws `io`.
  explicit RowCache(const std::filesystem::path& path);
  ~RowCache();
  RowCache(const RowCache&) = delete;
  RowCache& operator=(const RowCache&) = delete;

  /// Null for content that is not there. Valid until the next `add`.
  const CachedRow* find(const std::string& content_hash) const;

  void add(const std::string& content_hash, CachedRow row);

  /// Hands what was added to the operating system: it survives the death of the process. Throws `io`.
  void flush();

  std::size_t size() const { return rows_.size(); }

 private:
  void read_records(const std::filesystem::path& path);

  std::filesystem::path path_;
  std::FILE* file_ = nullptr;
  std::unordered_map<std::string, CachedRow> rows_;
};

}  // namespace medley::engine

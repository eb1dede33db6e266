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
/// the end is cut off at the next opening. One process at a time: a second one is refused. In memory are the
/// hashes and places of the rows, about 100 bytes each, not the rows. `find` and `has` from any number of
/// threads while no row is added.
class RowCache {
 public:
  /// Opens or makes the file. Throws `io`.
  explicit RowCache(const std::filesystem::path& path);
  ~RowCache();
  RowCache(const RowCache&) = delete;
  RowCache& operator=(const RowCache&) = delete;

  /// Reads the row; nothing for content that is not there. Throws `io`.
  std::optional<CachedRow> find(const std::string& content_hash) const;
  bool has(const std::string& content_hash) const { return places_.contains(content_hash); }

  void add(const std::string& content_hash, const CachedRow& row);

  /// Hands what was added to the operating system: it survives the death of the process. Throws `io`.
  void flush();

  std::size_t size() const { return places_.size(); }

 private:
  /// Where the payload of a row stands in the file, and what it is.
  struct Place {
    std::uint64_t offset;
    std::uint32_t bytes;
    std::uint32_t content;
  };

  void read_records();

  std::filesystem::path path_;
  std::FILE* file_ = nullptr;
  std::uint64_t end_ = 0;  ///< of the whole records
  std::unordered_map<std::string, Place> places_;
};

}  // namespace medley::engine

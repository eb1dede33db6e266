#pragma once

#include "medley/data/readers/source.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace medley::data {

/// Collects the bad rows of one import: all are counted by reason, the first `max_rows` are kept with file,
/// line, reason and text. Memory is bounded whatever the input holds.
class Quarantine {
 public:
  static constexpr std::size_t kMaxReasons = 200;
  static constexpr std::size_t kColumns = 5;  ///< of the file
  static constexpr const char* kOtherReasons = "other reasons";

  explicit Quarantine(std::size_t max_rows = 10'000) : max_rows_(max_rows) {}

  /// A NUL becomes U+FFFD.
  void add(const BadRow& row);

  /// Replaces `file` by the rows kept, as CSV with the header `file,line,reason,text,user`; without a bad row
  /// the file of an earlier import is removed. Throws `io`.
  void write(const std::filesystem::path& file) const;

  std::int64_t count() const { return count_; }
  const std::vector<BadRow>& rows() const { return rows_; }

  /// How many rows each reason cost. What stands between quotes in a reason (the value) is left out of it,
  /// and beyond kMaxReasons the rest is counted as kOtherReasons.
  const std::map<std::string, std::int64_t>& by_reason() const { return by_reason_; }

 private:
  std::size_t max_rows_;
  std::int64_t count_ = 0;
  std::vector<BadRow> rows_;
  std::map<std::string, std::int64_t> by_reason_;
};

}  // namespace medley::data

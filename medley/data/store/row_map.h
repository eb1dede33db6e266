#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace medley::data {

/// Dense numbers, from 0, of the rows of a table from which rows may have been deleted. Inside the store
/// only.
class RowMap {
 public:
  /// Takes the next row; false where its number does not rise, or is below 1.
  bool add(long long row);

  /// The dense number of a row, or nothing where there is no such row.
  std::optional<std::int32_t> find(long long row) const;

  /// Whether no row is missing from 1 to the last one.
  bool whole() const { return rows_.empty() || rows_.back() == static_cast<long long>(rows_.size()); }

  std::size_t size() const { return rows_.size(); }

 private:
  std::vector<long long> rows_;
};

}  // namespace medley::data

#include "medley/data/store/row_map.h"

#include <algorithm>

namespace medley::data {

bool RowMap::add(long long row) {
  if (row < 1 || (!rows_.empty() && row <= rows_.back())) return false;
  rows_.push_back(row);
  return true;
}

std::optional<std::int32_t> RowMap::find(long long row) const {
  if (rows_.empty() || row < 1 || row > rows_.back()) return std::nullopt;
  // A row stands at most as many places before its number as rows are missing: mostly none.
  const auto size = static_cast<long long>(rows_.size());
  const auto missing = rows_.back() - size;
  const auto first = rows_.begin() + std::clamp(row - 1 - missing, 0LL, size);
  const auto last = rows_.begin() + std::min(row, size);
  const auto found = std::lower_bound(first, last, row);
  if (found == last || *found != row) return std::nullopt;
  return static_cast<std::int32_t>(found - rows_.begin());
}

}  // namespace medley::data

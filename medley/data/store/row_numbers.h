#pragma once

#include "medley/data/store/database.h"

#include <string>
#include <string_view>
#include <unordered_map>

namespace medley::data {

/// Row numbers of the names in a table, given where they are new; the recent ones are kept in memory.
class RowNumbers {
 public:
  /// `table` has the columns `row` and `column`, which is unique.
  RowNumbers(soci::session& sql, const std::string& table, const std::string& column);

  long long of(std::string_view id);

 private:
  std::string id_;  // bound to the statements, as row_ is
  long long row_ = 0;
  soci::statement insert_;
  soci::statement select_;
  std::unordered_map<std::string, long long> cache_;
};

}  // namespace medley::data

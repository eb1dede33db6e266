#pragma once

#include "medley/data/readers/source.h"
#include "medley/data/store/row_numbers.h"

#include <cstdint>

namespace medley::data {

/// Writes events within the transaction of an import. Inside the store only.
class EventRows {
 public:
  struct Counts {
    std::int64_t added = 0;
    std::int64_t updated = 0;
    std::int64_t unchanged = 0;
    std::int64_t repeated = 0;
  };

  EventRows(soci::session& sql, RowNumbers& users, RowNumbers& items);

  void write(const EventRow& row);

  /// Call at the end: an event that was changed and changed back counts as unchanged.
  Counts counts();

 private:
  void write_again();

  soci::session& sql_;
  RowNumbers& users_;
  RowNumbers& items_;
  RowNumbers kinds_;
  Counts counts_;
  std::int64_t earlier_ = 0;          ///< highest row of an event of earlier imports
  std::int64_t rows_on_earlier_ = 0;  ///< rows of this import whose event was there before it

  // Bound to the statements.
  long long user_ = 0;
  long long item_ = 0;
  long long kind_ = 0;
  long long time_ = 0;
  double value_ = 0.0;
  int label_ = -1;
  long long old_row_ = 0;
  double old_value_ = 0.0;
  int old_label_ = -1;
  soci::statement insert_;
  soci::statement find_;
  soci::statement keep_old_;
  soci::statement update_;
};

}  // namespace medley::data

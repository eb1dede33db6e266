#pragma once

#include "medley/data/readers/source.h"
#include "medley/data/store/row_numbers.h"

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <utility>

namespace medley::data {

/// Writes catalogue rows within the transaction of an import. Inside the store only.
///
/// Rows are staged in temporary tables and merged at the end, so that of several rows with one field the
/// last wins, and an item whose cells and availability end up as they were counts as unchanged.
class ItemRows {
 public:
  struct Counts {
    std::int64_t added = 0;
    std::int64_t updated = 0;
    std::int64_t unchanged = 0;
    std::int64_t returned = 0;  ///< were marked as missing, and are named again
  };

  ItemRows(soci::session& sql, RowNumbers& items);

  void write(const ItemRow& row);

  /// Call once, at the end.
  Counts merge();

  /// Marks all items that this import did not name as missing; how many were not before. Call after `merge`.
  /// Throws `invalid_argument` where the import named none.
  std::int64_t mark_missing();

 private:
  void stage_availability(const Availability& availability);
  /// Makes `item_` and `field_` the cell that `add` fills; what was staged for it goes.
  void start_cell(const char* type, std::string_view field);
  void add(std::string_view text, double number);

  soci::session& sql_;
  RowNumbers& items_;
  std::map<std::string, long long, std::less<>> fields_;

  // Bound to the statements.
  long long item_ = 0;
  long long field_ = 0;
  int position_ = 0;
  std::string text_;
  double number_ = 0.0;
  int listed_ = 1;
  long long from_ = 0;
  long long until_ = 0;
  soci::statement see_;
  soci::statement clear_;
  soci::statement stage_;
  soci::statement stage_availability_;
};

}  // namespace medley::data

#include "medley/data/store/event_rows.h"

#include <cmath>

namespace medley::data {
namespace {

/// Makes the table of events of earlier imports that this one wrote to, as they were; SQLite moves it to
/// disk when it grows. Returns the session, so that statements that name the table can be prepared after it.
soci::session& with_old_events(soci::session& sql) {
  sql << "CREATE TEMP TABLE IF NOT EXISTS old_events (row INTEGER PRIMARY KEY, value REAL, label INTEGER)";
  sql << "DELETE FROM temp.old_events";
  return sql;
}

long long highest_row(soci::session& sql) {
  long long row = 0;
  sql << "SELECT coalesce(max(row), 0) FROM events", soci::into(row);
  return row;
}

}  // namespace

EventRows::EventRows(soci::session& sql, RowNumbers& users, RowNumbers& items)
    : sql_(with_old_events(sql)),
      users_(users),
      items_(items),
      kinds_(sql, "kinds", "name"),
      earlier_(highest_row(sql)),
      insert_((sql.prepare << "INSERT INTO events (user_row, item_row, kind_row, time, value, label) "
                              "VALUES (:user, :item, :kind, :time, :value, :label) ON CONFLICT DO NOTHING",
               soci::use(user_), soci::use(item_), soci::use(kind_), soci::use(time_), soci::use(value_),
               soci::use(label_))),
      find_((sql.prepare << "SELECT row, value, label FROM events WHERE user_row = :user AND "
                            "item_row = :item AND kind_row = :kind AND time = :time",
             soci::use(user_), soci::use(item_), soci::use(kind_), soci::use(time_), soci::into(old_row_),
             soci::into(old_value_), soci::into(old_label_))),
      keep_old_((sql.prepare << "INSERT OR IGNORE INTO temp.old_events VALUES (:row, :value, :label)",
                 soci::use(old_row_), soci::use(old_value_), soci::use(old_label_))),
      update_((sql.prepare << "UPDATE events SET value = :value, label = :label WHERE row = :row",
               soci::use(value_), soci::use(label_), soci::use(old_row_))) {}

void EventRows::write(const EventRow& row) {
  // NaN would be stored as NULL.
  require(std::isfinite(row.value), "the value of user '{}' with item '{}' is not finite", row.user,
          row.item);
  user_ = users_.of(row.user);
  item_ = items_.of(row.item);
  kind_ = kinds_.of(row.kind);
  time_ = row.time;
  value_ = static_cast<double>(row.value);
  label_ = row.label ? static_cast<int>(*row.label) : -1;
  insert_.execute(true);
  if (insert_.get_affected_rows() == 1) {
    ++counts_.added;
  } else {
    write_again();
  }
}

void EventRows::write_again() {
  find_.execute(true);
  const bool earlier = old_row_ <= earlier_;
  ++(earlier ? rows_on_earlier_ : counts_.repeated);
  if (old_value_ == value_ && old_label_ == label_) return;
  if (earlier) keep_old_.execute(true);
  update_.execute(true);
}

EventRows::Counts EventRows::counts() {
  long long updated = 0;
  sql_ << "SELECT count(*) FROM temp.old_events AS old JOIN events ON events.row = old.row "
          "WHERE old.value <> events.value OR old.label <> events.label",
      soci::into(updated);
  counts_.updated = updated;
  counts_.unchanged = rows_on_earlier_ - updated;
  return counts_;
}

}  // namespace medley::data

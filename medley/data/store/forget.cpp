#include "medley/data/store/forget.h"

#include "medley/data/store/database.h"
#include "medley/data/store/transaction.h"

namespace medley::data {
namespace {

/// The user's row, or 0.
long long row_of(soci::session& sql, const std::string& user) {
  long long row = 0;
  sql << "SELECT coalesce(max(row), 0) FROM users WHERE id = :user", soci::use(user), soci::into(row);
  return row;
}

bool is_scrub_due(soci::session& sql) {
  int due = 0;
  sql << "SELECT count(*) FROM meta WHERE name = 'scrub_due'", soci::into(due);
  return due > 0;
}

void empty_log(Database& database) {
  int busy = 0;
  int frames = 0;
  int moved = 0;
  database.sql() << "PRAGMA wal_checkpoint(TRUNCATE)", soci::into(busy), soci::into(frames),
      soci::into(moved);
  if (busy != 0) {
    fail(ErrorCode::busy,
         "the store '{}' is being read by another process: what was deleted is gone from its tables, but not "
         "yet "
         "from the file; forget again when that process has ended",
         database.path().string());
  }
}

/// Leaves nothing of deleted rows in the store's files.
void scrub(Database& database) {
  empty_log(database);
  database.sql() << "VACUUM";
  empty_log(database);
  database.sql() << "DELETE FROM meta WHERE name = 'scrub_due'";
}

}  // namespace

bool has_user(Store& store, const std::string& user) {
  auto& database = store.database();
  return database.guarded([&] { return row_of(database.sql(), user) > 0; });
}

std::optional<std::int64_t> forget_user(Store& store, const std::string& user) {
  auto& database = store.database();
  return database.guarded([&]() -> std::optional<std::int64_t> {
    auto& sql = database.sql();
    sql << "PRAGMA secure_delete = ON";
    std::optional<std::int64_t> events;
    {
      Transaction transaction(sql);
      if (const auto row = row_of(sql, user); row > 0) {
        long long count = 0;
        sql << "SELECT count(*) FROM events WHERE user_row = :row", soci::use(row), soci::into(count);
        sql << "DELETE FROM events WHERE user_row = :row", soci::use(row);
        sql << "DELETE FROM users WHERE row = :row", soci::use(row);
        sql << "INSERT OR IGNORE INTO meta (name, value) VALUES ('scrub_due', '1')";
        events = count;
      }
      transaction.commit();
    }
    if (is_scrub_due(sql)) scrub(database);
    return events;
  });
}

}  // namespace medley::data

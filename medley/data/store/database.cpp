#include "medley/data/store/database.h"

#include "medley/core/params.h"
#include "medley/data/events.h"
#include "medley/data/store/transaction.h"

#include <soci/sqlite3/soci-sqlite3.h>

#include <array>
#include <span>
#include <string_view>

namespace medley::data {
namespace {

// Version 1. `row` counts from 1 in order of first appearance; nothing is ever deleted from items and kinds,
// so that row - 1 is the dense row number; users and events may have gaps. The order of `events.row` is file
// order. `time` of an event without one is kNoTime, and `label` of one without is -1: no NULL, because NULLs
// are distinct in a UNIQUE key. A cell is one value of a catalogue field (text, category, number, image) of
// an item.
constexpr std::array<const char*, 8> kSchema{
    "CREATE TABLE users (row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE)",
    "CREATE TABLE items (row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, "
    "has_row INTEGER NOT NULL DEFAULT 0)",
    "CREATE TABLE kinds (row INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)",
    "CREATE TABLE events (row INTEGER PRIMARY KEY, user_row INTEGER NOT NULL, item_row INTEGER NOT NULL, "
    "kind_row INTEGER NOT NULL, time INTEGER NOT NULL, value REAL NOT NULL, label INTEGER NOT NULL, "
    "UNIQUE (user_row, item_row, kind_row, time))",
    "CREATE TABLE fields (row INTEGER PRIMARY KEY, type TEXT NOT NULL, name TEXT NOT NULL, "
    "UNIQUE (type, name))",
    "CREATE TABLE cells (item_row INTEGER NOT NULL, field_row INTEGER NOT NULL, position INTEGER NOT NULL, "
    "text TEXT NOT NULL, number REAL NOT NULL, PRIMARY KEY (item_row, field_row, position)) WITHOUT ROWID",
    "CREATE TABLE imports (row INTEGER PRIMARY KEY, source TEXT NOT NULL, events_added INTEGER NOT NULL, "
    "events_updated INTEGER NOT NULL, events_repeated INTEGER NOT NULL, items_added INTEGER NOT NULL, "
    "items_updated INTEGER NOT NULL, bad INTEGER NOT NULL)",
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL)"};

// Version 2: when an item may be listed. `available`, `available_from` and `available_until` are what the
// catalogue says (kNoTime: no bound); `missing` is 1 where an import that names every item did not name this
// one.
constexpr std::array<const char*, 4> kToVersion2{
    "ALTER TABLE items ADD COLUMN available INTEGER NOT NULL DEFAULT 1",
    "ALTER TABLE items ADD COLUMN available_from INTEGER NOT NULL DEFAULT -9223372036854775808",
    "ALTER TABLE items ADD COLUMN available_until INTEGER NOT NULL DEFAULT -9223372036854775808",
    "ALTER TABLE items ADD COLUMN missing INTEGER NOT NULL DEFAULT 0"};
static_assert(kNoTime == -9223372036854775807 - 1);

/// Steps to version 2, 3, ..., each from the one before it.
constexpr std::array<std::span<const char* const>, kSchemaVersion - 1> kMigrations{kToVersion2};

/// SOCI splits a connection string at '=' and spaces; one without '=' is a file name as it stands.
std::string connection_string(const std::filesystem::path& path) {
  auto text = path.string();
  if (text.find('=') == std::string::npos) return text;
  require(text.find('"') == std::string::npos, "the store's path may not hold both '=' and '\"': {}", text);
  return "db=\"" + text + "\"";
}

bool mentions(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

}  // namespace

Database::Database(const std::filesystem::path& path) : path_(path) {
  if (std::filesystem::is_directory(path)) {
    fail(ErrorCode::io, "the store '{}' is a folder, not a file", path.string());
  }
  guarded([&] {
    sql_.open(soci::sqlite3, connection_string(path));
    sql_ << "PRAGMA busy_timeout = 10000";
    prepare_schema();
  });
}

bool Database::has_table(const std::string& name) {
  int count = 0;
  sql_ << "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND (:any = '' OR name = :name)",
      soci::use(name, "any"), soci::use(name, "name"), soci::into(count);
  return count > 0;
}

void Database::prepare_schema() {
  const bool empty = !has_table("");
  if (!empty && !has_table("meta")) {
    fail(ErrorCode::unsupported, "'{}' is a database of another program; choose another file for the store",
         path_.string());
  }
  if (empty) {
    create();
  } else if (schema_version() != kSchemaVersion) {
    migrate();
  }
}

void Database::create() {
  // Readers go on while an import runs; the log is folded back when the last connection closes.
  std::string mode;
  sql_ << "PRAGMA journal_mode = WAL", soci::into(mode);
  Transaction transaction(sql_);
  if (has_table("meta")) return;  // another process was faster
  for (const auto* statement : kSchema) sql_ << statement;
  for (const auto& migration : kMigrations) {
    for (const auto* statement : migration) sql_ << statement;
  }
  // Named: SOCI runs the statement when the line's temporaries die, and a temporary text dies before it.
  const auto version = std::to_string(kSchemaVersion);
  sql_ << "INSERT INTO meta (name, value) VALUES ('schema_version', :version)", soci::use(version);
  transaction.commit();
}

int Database::schema_version() {
  std::string text;
  sql_ << "SELECT value FROM meta WHERE name = 'schema_version'", soci::into(text);
  std::int64_t version = 0;
  if (!parse_int(text, version) || version < 1 || version > kSchemaVersion) {
    fail(ErrorCode::unsupported,
         "the store '{}' has schema version {}, this program reads versions 1 to {}: use the medley that "
         "wrote it, "
         "or move the file away and import again",
         path_.string(), text.empty() ? "unknown" : text, kSchemaVersion);
  }
  return static_cast<int>(version);
}

void Database::migrate() {
  Transaction transaction(sql_);
  // Read again: another process may have done it since.
  const int from = schema_version();
  for (auto step = static_cast<std::size_t>(from - 1); step < kMigrations.size(); ++step) {
    for (const auto* statement : kMigrations[step]) sql_ << statement;
  }
  const auto version = std::to_string(kSchemaVersion);
  sql_ << "UPDATE meta SET value = :version WHERE name = 'schema_version'", soci::use(version);
  transaction.commit();
}

void Database::rethrow(const soci::soci_error& error) const {
  const std::string reason = error.what();
  // SQLite calls a full disk by several names ("disk I/O error" where its log's index finds no room).
  constexpr std::uintmax_t kNoRoom = std::uintmax_t{64} * 1024;
  std::error_code unknown;
  const auto room = std::filesystem::space(std::filesystem::absolute(path_).parent_path(), unknown);
  if (!unknown && room.available < kNoRoom && mentions(reason, "disk")) {
    fail(ErrorCode::io, "the store '{}': no space is left on its disk ({} bytes free)", path_.string(),
         room.available);
  }
  if (mentions(reason, "locked") || mentions(reason, "busy")) {
    fail(ErrorCode::busy, "the store '{}' is in use by another process: {}", path_.string(), reason);
  }
  const bool corrupt = mentions(reason, "not a database") || mentions(reason, "malformed");
  fail(corrupt ? ErrorCode::corrupt_data : ErrorCode::io, "the store '{}': {}", path_.string(), reason);
}

}  // namespace medley::data

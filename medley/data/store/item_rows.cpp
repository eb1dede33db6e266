#include "medley/data/store/item_rows.h"

#include "medley/core/error.h"

#include <array>
#include <cmath>
#include <filesystem>

namespace medley::data {
namespace {

// `staged`: the catalogue as the import gives it. `stored`: what the import says about (its fields of its
// items) as it is now. SQLite moves these tables to disk when they grow.
constexpr std::array<const char*, 11> kTemporary{
    "CREATE TEMP TABLE IF NOT EXISTS seen (item_row INTEGER PRIMARY KEY)",
    "CREATE TEMP TABLE IF NOT EXISTS seen_fields (field_row INTEGER PRIMARY KEY)",
    "CREATE TEMP TABLE IF NOT EXISTS changed (item_row INTEGER PRIMARY KEY)",
    "CREATE TEMP TABLE IF NOT EXISTS staged (item_row INTEGER, field_row INTEGER, position INTEGER, "
    "text TEXT, number REAL, PRIMARY KEY (item_row, field_row, position)) WITHOUT ROWID",
    "CREATE TEMP TABLE IF NOT EXISTS staged_availability (item_row INTEGER PRIMARY KEY, available INTEGER, "
    "available_from INTEGER, available_until INTEGER)",
    "CREATE TEMP VIEW IF NOT EXISTS stored AS SELECT item_row, field_row, position, text, number "
    "FROM main.cells WHERE item_row IN (SELECT item_row FROM temp.seen) "
    "AND field_row IN (SELECT field_row FROM temp.seen_fields)",
    "DELETE FROM temp.seen",
    "DELETE FROM temp.seen_fields",
    "DELETE FROM temp.changed",
    "DELETE FROM temp.staged",
    "DELETE FROM temp.staged_availability"};

constexpr const char* kFindChanged =
    "INSERT OR IGNORE INTO temp.changed SELECT DISTINCT item_row FROM ("
    "SELECT * FROM (SELECT * FROM temp.stored EXCEPT SELECT * FROM temp.staged) UNION ALL "
    "SELECT * FROM (SELECT * FROM temp.staged EXCEPT SELECT * FROM temp.stored))";

constexpr const char* kFindChangedAvailability =
    "INSERT OR IGNORE INTO temp.changed SELECT new.item_row FROM temp.staged_availability AS new "
    "JOIN items AS old ON old.row = new.item_row WHERE old.available <> new.available "
    "OR old.available_from <> new.available_from OR old.available_until <> new.available_until";

constexpr const char* kFindReturned =
    "INSERT OR IGNORE INTO temp.changed SELECT row FROM items WHERE missing = 1 "
    "AND row IN (SELECT item_row FROM temp.seen)";

constexpr std::array<const char*, 5> kMerge{
    "DELETE FROM cells WHERE item_row IN (SELECT item_row FROM temp.changed) "
    "AND field_row IN (SELECT field_row FROM temp.seen_fields)",
    "INSERT INTO cells SELECT * FROM temp.staged WHERE item_row IN (SELECT item_row FROM temp.changed)",
    "UPDATE items SET (available, available_from, available_until) = (SELECT available, available_from, "
    "available_until FROM temp.staged_availability WHERE item_row = items.row) "
    "WHERE row IN (SELECT item_row FROM temp.staged_availability)",
    "UPDATE items SET missing = 0 WHERE missing = 1 AND row IN (SELECT item_row FROM temp.seen)",
    "UPDATE items SET has_row = 1 WHERE has_row = 0 AND row IN (SELECT item_row FROM temp.seen)"};

/// Statements that name the temporary tables can be prepared once these are there.
soci::session& with_staging(soci::session& sql) {
  for (const auto* statement : kTemporary) sql << statement;
  return sql;
}

}  // namespace

ItemRows::ItemRows(soci::session& sql, RowNumbers& items)
    : sql_(with_staging(sql)),
      items_(items),
      see_((sql.prepare << "INSERT OR IGNORE INTO temp.seen VALUES (:item)", soci::use(item_))),
      clear_((sql.prepare << "DELETE FROM temp.staged WHERE item_row = :item AND field_row = :field",
              soci::use(item_), soci::use(field_))),
      stage_((sql.prepare << "INSERT INTO temp.staged VALUES (:item, :field, :position, :text, :number)",
              soci::use(item_), soci::use(field_), soci::use(position_), soci::use(text_),
              soci::use(number_))),
      stage_availability_((sql.prepare << "INSERT OR REPLACE INTO temp.staged_availability "
                                          "VALUES (:item, :listed, :from, :until)",
                           soci::use(item_), soci::use(listed_), soci::use(from_), soci::use(until_))) {}

void ItemRows::write(const ItemRow& row) {
  item_ = items_.of(row.id);
  see_.execute(true);
  for (const auto& [field, text] : row.texts) {
    start_cell("text", field);
    if (!text.empty()) add(text, 0.0);
  }
  for (const auto& [field, values] : row.categories) {
    start_cell("category", field);
    for (const auto& value : values) add(value, 0.0);
  }
  for (const auto& [field, number] : row.numbers) {
    start_cell("number", field);
    if (std::isfinite(number)) add("", number);
  }
  for (const auto kind : kMediaKinds) {
    if (row.files[kind].empty()) continue;
    // The workspace may be used from another folder than the import.
    start_cell(name_of(kind), "");
    add(std::filesystem::absolute(row.files[kind]).lexically_normal().string(), 0.0);
  }
  if (row.availability) stage_availability(*row.availability);
}

void ItemRows::stage_availability(const Availability& availability) {
  listed_ = availability.listed ? 1 : 0;
  from_ = availability.from;
  until_ = availability.until;
  stage_availability_.execute(true);
}

void ItemRows::start_cell(const char* type, std::string_view field) {
  auto key = std::string(type) + ":" + std::string(field);
  auto found = fields_.find(key);
  if (found == fields_.end()) {
    const std::string type_text = type;
    const std::string name(field);
    long long row = 0;
    sql_ << "INSERT INTO fields (type, name) VALUES (:type, :name) ON CONFLICT DO NOTHING",
        soci::use(type_text), soci::use(name);
    sql_ << "SELECT row FROM fields WHERE type = :type AND name = :name", soci::use(type_text),
        soci::use(name), soci::into(row);
    sql_ << "INSERT OR IGNORE INTO temp.seen_fields VALUES (:row)", soci::use(row);
    found = fields_.emplace(std::move(key), row).first;
  }
  field_ = found->second;
  position_ = 0;
  clear_.execute(true);
}

void ItemRows::add(std::string_view text, double number) {
  text_ = text;
  number_ = number;
  stage_.execute(true);
  ++position_;
}

ItemRows::Counts ItemRows::merge() {
  long long seen = 0;
  long long added = 0;
  sql_ << "SELECT count(*), coalesce(sum(has_row = 0), 0) FROM items WHERE row IN "
          "(SELECT item_row FROM temp.seen)",
      soci::into(seen), soci::into(added);
  long long returned = 0;
  sql_ << "SELECT count(*) FROM items WHERE missing = 1 AND row IN (SELECT item_row FROM temp.seen)",
      soci::into(returned);
  for (const auto* find : {kFindChanged, kFindChangedAvailability, kFindReturned}) sql_ << find;
  long long updated = 0;
  sql_ << "SELECT count(*) FROM temp.changed JOIN items ON items.row = changed.item_row WHERE has_row = 1",
      soci::into(updated);
  for (const auto* statement : kMerge) sql_ << statement;
  return {added, updated, seen - added - updated, returned};
}

std::int64_t ItemRows::mark_missing() {
  long long seen = 0;
  sql_ << "SELECT count(*) FROM temp.seen", soci::into(seen);
  require(seen > 0, "the import names no item of a catalogue: all would count as missing");
  long long missing = 0;
  sql_ << "SELECT count(*) FROM items WHERE missing = 0 AND row NOT IN (SELECT item_row FROM temp.seen)",
      soci::into(missing);
  sql_ << "UPDATE items SET missing = 1 WHERE missing = 0 AND row NOT IN (SELECT item_row FROM temp.seen)";
  return missing;
}

}  // namespace medley::data

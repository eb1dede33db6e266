#include "medley/data/store/store.h"

#include "medley/data/store/database.h"
#include "medley/data/store/row_map.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace medley::data {
namespace {

/// Runs a query and calls `row()` with each of its rows in `columns`. Row by row: SOCI 4.0.3 cuts 64-bit
/// integers to 32 bits when it fetches into vectors.
template <class Row, class... Columns>
void for_each_row(soci::session& sql, const char* query, Row row, Columns&... columns) {
  soci::statement statement(sql);
  (statement.exchange(soci::into(columns)), ...);
  statement.alloc();
  statement.prepare(query);
  statement.define_and_bind();
  for (bool more = statement.execute(true); more; more = statement.fetch()) row();
}

/// Reads ids in the order of their rows; returns which row each stood in.
RowMap load_ids(Database& database, const char* query, IdMap& ids) {
  long long row = 0;
  std::string name;
  RowMap rows;
  for_each_row(
      database.sql(), query,
      [&] {
        if (!rows.add(row) || static_cast<std::size_t>(ids.add(name)) + 1 != rows.size()) {
          fail(ErrorCode::corrupt_data, "the store '{}': row {} of its ids is out of order",
               database.path().string(), row);
        }
      },
      row, name);
  return rows;
}

void load_kinds(Database& database, EventLog& log) {
  std::string name;
  std::vector<std::string> kinds;
  for_each_row(database.sql(), "SELECT name FROM kinds ORDER BY row", [&] { kinds.push_back(name); }, name);
  if (!kinds.empty()) log.kinds = std::move(kinds);
}

[[noreturn]] void names_none(const Database& database, long long row, std::size_t size, const char* what) {
  fail(ErrorCode::corrupt_data, "the store '{}' names {} {} of {}", database.path().string(), what, row,
       size);
}

/// A row number of the file as a dense one.
std::int32_t dense(const Database& database, long long row, std::size_t size, const char* what) {
  if (row < 1 || static_cast<std::size_t>(row) > size) names_none(database, row, size, what);
  return static_cast<std::int32_t>(row - 1);
}

void for_each_event(Database& database, const RowMap& users, const Dataset& dataset, const EventSink& sink) {
  long long user = 0;
  long long item_row = 0;
  long long kind = 0;
  long long time = 0;
  double value = 0.0;
  int label = -1;
  const auto& log = dataset.log;
  for_each_row(
      database.sql(), "SELECT user_row, item_row, kind_row, time, value, label FROM events ORDER BY row",
      [&] {
        const auto user_row = users.find(user);
        if (!user_row) names_none(database, user, users.size(), "user");
        const bool labelled = label >= 0 && label <= static_cast<int>(Part::none);
        sink({*user_row, dense(database, item_row, static_cast<std::size_t>(dataset.items.size()), "item"),
              static_cast<float>(value), dense(database, kind, log.kinds.size(), "kind"), time},
             labelled ? std::optional(static_cast<Part>(label)) : std::nullopt);
      },
      user, item_row, kind, time, value, label);
}

bool has_iso_times(Database& database) {
  std::string form;
  for_each_row(database.sql(), "SELECT value FROM meta WHERE name = 'times'", [] {}, form);
  return form == "ISO";
}

/// Column `index` of `all`, by the field's type and name.
struct Field {
  enum class Type { text, category, number, file } type;
  std::size_t index;  ///< of `file`: the MediaKind
};

std::vector<Field> load_fields(Database& database, Catalog& catalog) {
  std::string type;
  std::string name;
  std::vector<Field> fields;
  const auto add = [&] {
    if (type == "text") {
      catalog.texts.push_back({name, {}});
      fields.push_back({Field::Type::text, catalog.texts.size() - 1});
    } else if (type == "category") {
      catalog.categories.push_back({name, {}});
      fields.push_back({Field::Type::category, catalog.categories.size() - 1});
    } else if (type == "number") {
      catalog.numbers.push_back({name, {}});
      fields.push_back({Field::Type::number, catalog.numbers.size() - 1});
    } else if (const auto kind = std::ranges::find(kMediaKinds, type, name_of); kind != kMediaKinds.end()) {
      fields.push_back({Field::Type::file, static_cast<std::size_t>(*kind)});
    } else {
      fail(ErrorCode::corrupt_data, "the store '{}' has a field of unknown type '{}'",
           database.path().string(), type);
    }
  };
  for_each_row(database.sql(), "SELECT type, name FROM fields ORDER BY row", add, type, name);
  return fields;
}

void load_cells(Database& database, const std::vector<Field>& fields, Dataset& dataset) {
  long long item_row = 0;
  long long field_row = 0;
  std::string text;
  double number = 0.0;
  auto& catalog = dataset.catalog;
  const auto put = [&] {
    const auto item = static_cast<std::size_t>(
        dense(database, item_row, static_cast<std::size_t>(dataset.items.size()), "item"));
    const auto& field = fields[static_cast<std::size_t>(dense(database, field_row, fields.size(), "field"))];
    switch (field.type) {
      case Field::Type::text: catalog.texts[field.index].values[item] = text; break;
      case Field::Type::category: catalog.categories[field.index].values[item].push_back(text); break;
      case Field::Type::number: catalog.numbers[field.index].values[item] = number; break;
      case Field::Type::file: {
        auto& paths = catalog.files.values[field.index];
        if (paths.empty()) paths.resize(static_cast<std::size_t>(dataset.item_count()));
        paths[item] = text;
        break;
      }
    }
  };
  for_each_row(database.sql(),
               "SELECT item_row, field_row, text, number FROM cells ORDER BY item_row, field_row, position",
               put, item_row, field_row, text, number);
}

/// Only the items that are not simply available stand in the query, and often there are none.
void load_availability(Database& database, Dataset& dataset) {
  long long row = 0;
  int listed = 1;
  long long from = 0;
  long long until = 0;
  auto& availability = dataset.catalog.availability;
  const auto query = fmt::format(
      "SELECT row, available = 1 AND missing = 0, available_from, available_until FROM items "
      "WHERE available <> 1 OR missing <> 0 OR available_from <> {0} OR available_until <> {0}",
      kNoTime);
  for_each_row(
      database.sql(), query.c_str(),
      [&] {
        const auto items = static_cast<std::size_t>(dataset.item_count());
        availability.resize(items);
        availability[static_cast<std::size_t>(dense(database, row, items, "item"))] = {listed != 0, from,
                                                                                       until};
      },
      row, listed, from, until);
}

void load_catalog(Database& database, Dataset& dataset) {
  const auto fields = load_fields(database, dataset.catalog);
  dataset.catalog.resize(dataset.item_count());
  load_availability(database, dataset);
  long long row = 0;
  for_each_row(
      database.sql(), "SELECT row FROM items WHERE has_row = 1",
      [&] { dataset.catalog.has_row[static_cast<std::size_t>(row - 1)] = 1; }, row);
  load_cells(database, fields, dataset);
}

/// Everything but the events.
struct Names {
  Dataset dataset;
  RowMap users;
};

Names load_names(Database& database) {
  Names out;
  auto& dataset = out.dataset;
  dataset.name = database.path().string();
  out.users = load_ids(database, "SELECT row, id FROM users ORDER BY row", dataset.users);
  const auto items = load_ids(database, "SELECT row, id FROM items ORDER BY row", dataset.items);
  if (!items.whole()) fail(ErrorCode::corrupt_data, "the store '{}': items are missing", dataset.name);
  load_kinds(database, dataset.log);
  dataset.log.iso_times = has_iso_times(database);
  load_catalog(database, dataset);
  return out;
}

}  // namespace

Store::Store(const std::filesystem::path& path) : database_(std::make_unique<Database>(path)) {}
Store::~Store() = default;
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;

void Store::set_wait_ms(int ms) {
  require(ms >= 0, "the time to wait for the store must be at least 0, got {} ms", ms);
  database_->guarded([&] { database_->sql() << "PRAGMA busy_timeout = " + std::to_string(ms); });
}

Dataset Store::load() const {
  return database_->guarded([&] {
    // One view of the file for all queries, whatever an import commits meanwhile.
    soci::transaction transaction(database_->sql());
    auto [dataset, users] = load_names(*database_);
    auto& log = dataset.log;
    for_each_event(*database_, users, dataset, [&](const Event& event, std::optional<Part> label) {
      log.events.push_back(event);
      if (label) log.labels.push_back(*label);
    });
    if (log.labels.size() != log.events.size()) log.labels.clear();
    transaction.commit();
    return std::move(dataset);
  });
}

void Store::read(const std::function<void(const Dataset&, const EventStream&)>& use) const {
  database_->guarded([&] {
    soci::transaction transaction(database_->sql());
    const auto names = load_names(*database_);
    use(names.dataset,
        [&](const EventSink& sink) { for_each_event(*database_, names.users, names.dataset, sink); });
    transaction.commit();
  });
}

StoreCounts Store::counts() const {
  return database_->guarded([&] {
    long long users = 0;
    long long items = 0;
    long long events = 0;
    long long rows = 0;
    database_->sql() << "SELECT (SELECT count(*) FROM users), (SELECT count(*) FROM items), "
                        "(SELECT count(*) FROM events), (SELECT count(*) FROM items WHERE has_row = 1)",
        soci::into(users), soci::into(items), soci::into(events), soci::into(rows);
    return StoreCounts{users, items, events, rows};
  });
}

std::vector<ImportRecord> Store::history() const {
  return database_->guarded([&] {
    std::string source;
    std::array<long long, 6> n{};
    std::vector<ImportRecord> records;
    for_each_row(
        database_->sql(),
        "SELECT source, events_added, events_updated, events_repeated, items_added, items_updated, bad "
        "FROM imports ORDER BY row",
        [&] { records.push_back({source, n[0], n[1], n[2], n[3], n[4], n[5]}); }, source, n[0], n[1], n[2],
        n[3], n[4], n[5]);
    return records;
  });
}

}  // namespace medley::data

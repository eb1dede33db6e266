#include "medley/data/store/store.h"

#include "medley/data/store/catalog_cells.h"
#include "medley/data/store/database.h"
#include "medley/data/store/read_rows.h"
#include "medley/data/store/row_map.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace medley::data {
namespace {

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

void load_items(Database& database, IdMap& items) {
  if (!load_ids(database, "SELECT row, id FROM items ORDER BY row", items).whole())
    fail(ErrorCode::corrupt_data, "the store '{}': items are missing", database.path().string());
}

void load_kinds(Database& database, EventLog& log) {
  std::string name;
  std::vector<std::string> kinds;
  for_each_row(database.sql(), "SELECT name FROM kinds ORDER BY row", [&] { kinds.push_back(name); }, name);
  if (!kinds.empty()) log.kinds = std::move(kinds);
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
  load_cells(database, dataset.item_count(), dataset.catalog);
  load_availability(database, dataset);
  long long row = 0;
  for_each_row(
      database.sql(), "SELECT row FROM items WHERE has_row = 1",
      [&] { dataset.catalog.has_row[static_cast<std::size_t>(row - 1)] = 1; }, row);
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
  load_items(database, dataset.items);
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

void Store::read_catalog(const std::function<void(const IdMap&, const CatalogStream&)>& use) const {
  database_->guarded([&] {
    soci::transaction transaction(database_->sql());
    IdMap items;
    load_items(*database_, items);
    check_cells(*database_, items.size());
    use(items, [&](ColumnType type, const CatalogSink& sink) {
      stream_cells(*database_, items.size(), type, sink);
    });
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

#include "medley/data/store/import.h"

#include "medley/core/error.h"
#include "medley/data/store/database.h"
#include "medley/data/store/event_rows.h"
#include "medley/data/store/item_rows.h"
#include "medley/data/store/transaction.h"

#include <array>
#include <utility>

namespace medley::data {
namespace {

void check_id(std::string_view id, std::string_view what) {
  if (id.empty() || id.size() > IdMap::kMaxIdBytes) {
    fail(ErrorCode::limit, "the id of {} has {} bytes; it must have 1 to {}", what, id.size(),
         IdMap::kMaxIdBytes);
  }
}

}  // namespace

struct Import::State {
  State(Store& store, std::string name, Quarantine& bad_rows)
      : database(store.database()),
        source(std::move(name)),
        quarantine(bad_rows),
        bad_before(bad_rows.count()),
        transaction(database.sql()),
        users(database.sql(), "users", "id"),
        items(database.sql(), "items", "id"),
        event_rows(database.sql(), users, items),
        item_rows(database.sql(), items) {}

  void record(const ImportResult& result) {
    const std::array<long long, 6> n{result.events.added, result.events.updated, result.repeated,
                                     result.items.added,  result.items.updated,  result.bad};
    database.sql() << "INSERT INTO imports (source, events_added, events_updated, events_repeated, "
                      "items_added, items_updated, bad) VALUES (:source, :ea, :eu, :er, :ia, :iu, :bad)",
        soci::use(source), soci::use(n[0]), soci::use(n[1]), soci::use(n[2]), soci::use(n[3]),
        soci::use(n[4]), soci::use(n[5]);
  }

  Database& database;
  std::string source;
  Quarantine& quarantine;
  std::int64_t bad_before;
  Transaction transaction;
  RowNumbers users;
  RowNumbers items;
  EventRows event_rows;
  ItemRows item_rows;
  bool iso_times = false;  ///< some time was written as a date
};

Import::Import(Store& store, std::string source, Quarantine& quarantine)
    : state_(store.database().guarded(
          [&] { return std::make_unique<State>(store, std::move(source), quarantine); })) {}

Import::~Import() = default;

void Import::event(const EventRow& row) {
  require(state_ != nullptr, "an import takes no rows after its commit");
  check_id(row.user, "a user");
  check_id(row.item, "an item");
  state_->iso_times = state_->iso_times || row.iso_time;
  state_->database.guarded([&] { state_->event_rows.write(row); });
}

void Import::item(const ItemRow& row) {
  require(state_ != nullptr, "an import takes no rows after its commit");
  check_id(row.id, "an item");
  state_->database.guarded([&] { state_->item_rows.write(row); });
}

void Import::bad(const BadRow& row) {
  require(state_ != nullptr, "an import takes no rows after its commit");
  state_->quarantine.add(row);
}

ImportResult Import::commit(Missing missing) {
  require(state_ != nullptr, "an import is committed once");
  ImportResult result;
  state_->database.guarded([&] {
    const auto items = state_->item_rows.merge();
    if (missing == Missing::unavailable) result.missing = state_->item_rows.mark_missing();
    result.returned = items.returned;
    const auto events = state_->event_rows.counts();
    result.items = {items.added, items.updated, items.unchanged};
    result.events = {events.added, events.updated, events.unchanged};
    result.repeated = events.repeated;
    result.bad = state_->quarantine.count() - state_->bad_before;
    if (result.changed()) state_->record(result);
    if (state_->iso_times)
      state_->database.sql() << "INSERT OR REPLACE INTO meta (name, value) VALUES ('times', 'ISO')";
    state_->transaction.commit();
  });
  state_.reset();
  return result;
}

}  // namespace medley::data

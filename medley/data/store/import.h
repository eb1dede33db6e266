#pragma once

#include "medley/data/quarantine.h"
#include "medley/data/readers/source.h"
#include "medley/data/store/store.h"

#include <cstdint>
#include <memory>
#include <string>

namespace medley::data {

/// What an import did.
struct ImportResult {
  struct Counts {
    std::int64_t added = 0;
    std::int64_t updated = 0;    ///< there before, and now with another value
    std::int64_t unchanged = 0;  ///< there before, and the same
  };
  Counts events;
  Counts items;               ///< catalogue rows, one an item
  std::int64_t repeated = 0;  ///< event rows whose key an earlier row of this import had added
  std::int64_t missing = 0;   ///< items that became unavailable because the import does not name them
  std::int64_t returned = 0;  ///< of these, earlier: named again
  std::int64_t bad = 0;

  bool changed() const {
    return missing > 0 || events.added + events.updated + items.added + items.updated > 0;
  }
};

/// What becomes of items that an import's catalogue does not name: they stay as they are, or are marked as
/// unavailable until an import names them again. Nothing is ever deleted.
enum class Missing { stay, unavailable };

/// Streams rows into a store within one transaction: nothing is visible until `commit`; without it (an
/// error, an interruption, a killed process) the store stays as it was. Memory is bounded.
///
/// The key of an event is (user, item, kind, time), without time (user, item, kind): a second row is an
/// update, and keeps the place of the first. The last catalogue row of an item wins, field by field; a field
/// that the import gives for some items is removed from those items of the import that now lack it. Fields
/// that the import does not know, and items that it does not name, stay.
class Import final : public RowSink {
 public:
  /// `source` names the import in the store's history. Bad rows go to `quarantine`. Both must outlive the
  /// import. Throws `io` where the store cannot be written.
  Import(Store& store, std::string source, Quarantine& quarantine);
  ~Import() override;

  void event(const EventRow& row) override;
  void item(const ItemRow& row) override;
  void bad(const BadRow& row) override;

  /// Makes the rows part of the store; no row may follow. Throws `invalid_argument` where items are to become
  /// unavailable and the import names none.
  ImportResult commit(Missing missing = Missing::stay);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace medley::data

#pragma once

#include "medley/data/catalog_stream.h"
#include "medley/data/dataset.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace medley::data {

class Database;

/// What a store holds.
struct StoreCounts {
  std::int64_t users = 0;
  std::int64_t items = 0;
  std::int64_t events = 0;
  std::int64_t catalogue_rows = 0;
};

/// An import that changed something.
struct ImportRecord {
  std::string source;
  std::int64_t events_added = 0;
  std::int64_t events_updated = 0;
  std::int64_t events_repeated = 0;
  std::int64_t items_added = 0;
  std::int64_t items_updated = 0;
  std::int64_t bad = 0;
};

/// Takes an event, and its part where the source fixed one.
using EventSink = std::function<void(const Event& event, std::optional<Part> label)>;
/// Hands all events to a sink, in the order in which they came. What the sink throws ends it.
using EventStream = std::function<void(const EventSink& sink)>;

/// A workspace's users, items, events and catalogue in one SQLite file. Rows come in through `Import`. One
/// thread at a time; several processes may read while one imports.
class Store {
 public:
  /// Opens the file, or creates it. Throws `unsupported` for a file of another schema version (with what to
  /// do) or another program, `corrupt_data` for a file that is no database, `io`.
  explicit Store(const std::filesystem::path& path);
  ~Store();
  Store(Store&&) noexcept;
  Store& operator=(Store&&) noexcept;

  /// Everything: ids numbered in order of first appearance, events in the order in which they came. Labels
  /// are there if every event has one.
  Dataset load() const;

  /// Calls `use` with everything but the events, and with a stream of these that may be read as often as
  /// wanted during the call, all of one view of the file. Memory does not grow with the number of events.
  void read(const std::function<void(const Dataset& names, const EventStream& events)>& use) const;

  /// Calls `use` with the ids of the items and with their catalogue, which may be read as often as wanted
  /// during the call, all of one view of the file: what others write meanwhile waits in its log. Memory
  /// beside the ids does not grow with the number of items: a block holds at most 2048 of them and, but for
  /// its last item, 8 MB.
  void read_catalog(const std::function<void(const IdMap& items, const CatalogStream& columns)>& use) const;

  StoreCounts counts() const;

  /// The imports that changed something, oldest first.
  std::vector<ImportRecord> history() const;

  /// How long to wait for another process that writes; 10,000 unless set.
  void set_wait_ms(int ms);

  /// For `Import`.
  Database& database() { return *database_; }

 private:
  std::unique_ptr<Database> database_;
};

}  // namespace medley::data

#pragma once

#include "medley/core/services.h"
#include "medley/data/dataset.h"
#include "medley/data/interactions.h"
#include "medley/data/store/store.h"
#include "medley/data/writers/export_folder.h"

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace medley::data {

/// What a format takes beside users, items, catalogue and the stream of events.
struct ExportNeeds {
  bool pairs = false;     ///< `ExportInput::pairs`
  bool split = false;     ///< `ExportInput::split`, also where nobody asked for one
  bool features = false;  ///< `ExportInput::tables`
  bool splits = false;    ///< writes a split where it is given one
};

/// The pairs of train, valid and test, in this order.
using SplitPairs = std::array<Interactions, 3>;

/// What is written. Everything referred to outlives the call.
struct ExportInput {
  std::string name;        ///< opens the names of files that are called after the data
  const Dataset& dataset;  ///< users, items, catalogue, kinds; its events are not read
  EventStream events;
  std::vector<std::shared_ptr<const FeatureTable>> tables{};  ///< rows in the order of the items
  const Interactions* pairs = nullptr;
  const SplitPairs* split = nullptr;
  bool spreadsheet_safe = false;  ///< csv: see `CsvCells`
};

/// Something that a format could not write as it is, and how often.
struct ExportNote {
  std::string text;
  std::int64_t count = 0;
};

struct ExportReport {
  std::int64_t users = 0;
  std::int64_t items = 0;
  std::int64_t events = 0;  ///< rows of the log: events, or distinct pairs where the format takes these
  std::vector<ExportNote> notes;

  /// Keeps a note that has something to count.
  void note(std::string text, std::int64_t count) {
    if (count > 0) notes.push_back({std::move(text), count});
  }
};

/// The formats, by name.
std::vector<std::string> export_formats();

/// Throws `usage` for a format that is not there, naming those that are.
ExportNeeds export_needs(std::string_view format);

/// Writes the data into `folder` as the tools of that format read it; see formats.h. The caller commits the
/// folder. Throws as above; `unsupported` for an id that the format cannot hold, naming it; `io`,
/// `interrupted`.
ExportReport write_export(std::string_view format, const ExportInput& input, ExportFolder& folder,
                          const Services& services);

}  // namespace medley::data

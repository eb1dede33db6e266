#pragma once

#include "medley/core/error.h"
#include "medley/core/file.h"
#include "medley/data/dataset_builder.h"
#include "medley/data/split/split.h"
#include "medley/data/writers/writer.h"

#include "../log_builder.h"
#include "../temp_folder.h"

#include <set>
#include <string>
#include <tuple>

namespace medley::data {

/// One export of a dataset into a folder called `out`, which goes with the object.
class ExportRun {
 public:
  struct Options {
    std::vector<std::shared_ptr<const FeatureTable>> tables{};
    bool split = false;  ///< by the labels
    bool spreadsheet_safe = false;
  };

  ExportRun(const std::string& format, const Dataset& dataset) : ExportRun(format, dataset, Options()) {}
  ExportRun(const std::string& format, const Dataset& dataset, const Options& options) {
    QuietServices quiet(1);
    const auto pairs = build_interactions(dataset.log, dataset.user_count(), dataset.item_count());
    SplitPairs split;
    if (options.split) {
      const auto parts = split_by_labels(dataset);
      split = {part_of(dataset, parts, Part::train), part_of(dataset, parts, Part::valid),
               part_of(dataset, parts, Part::test)};
    }
    ExportFolder folder(path(), false);
    report = write_export(format,
                          {.name = folder.name(),
                           .dataset = dataset,
                           .events = stream(dataset.log),
                           .tables = options.tables,
                           .pairs = &pairs,
                           .split = options.split ? &split : nullptr,
                           .spreadsheet_safe = options.spreadsheet_safe},
                          folder, quiet);
    folder.commit("test");
    files = folder.files();
  }

  static EventStream stream(const EventLog& log) {
    return [&log](const EventSink& sink) {
      for (std::size_t i = 0; i < log.events.size(); ++i)
        sink(log.events[i], log.labels.empty() ? std::nullopt : std::optional(log.labels[i]));
    };
  }

  std::filesystem::path path() const { return folder_.path() / "out"; }
  std::string text(const std::string& name) const { return read_file(path() / name, 1 << 20); }
  bool has(const std::string& name) const { return std::filesystem::exists(path() / name); }

  /// How often the note that holds `part` counted; 0 where there is none.
  std::int64_t noted(const std::string& part) const {
    for (const auto& note : report.notes)
      if (note.text.find(part) != std::string::npos) return note.count;
    return 0;
  }

  /// What the project's own reader makes of it; `bad` rows are counted.
  Dataset read_back(const std::string& format) {
    QuietServices quiet(1);
    Quarantine quarantine;
    auto out = load_benchmark(path(), format, quiet, quarantine);
    bad = quarantine.count();
    return out;
  }

  ExportReport report;
  std::vector<ExportFile> files;
  std::int64_t bad = 0;

 private:
  TempFolder folder_;
};

/// The events of a log with outside ids, in no order.
inline std::multiset<std::tuple<std::string, std::string, float, std::int64_t>> events_of(
    const Dataset& data) {
  std::multiset<std::tuple<std::string, std::string, float, std::int64_t>> out;
  for (const auto& event : data.log.events)
    out.emplace(data.users.id(event.user), data.items.id(event.item), event.value, event.time);
  return out;
}

/// A catalogue row for an item, which is added where it is new.
inline std::size_t catalogue_row(Dataset& data, const std::string& id) {
  const auto at = static_cast<std::size_t>(data.items.add(id));
  data.catalog.resize(data.item_count());
  data.catalog.has_row[at] = 1;
  return at;
}

}  // namespace medley::data

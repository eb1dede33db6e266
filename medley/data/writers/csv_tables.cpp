#include "medley/core/file.h"
#include "medley/data/writers/catalog_columns.h"
#include "medley/data/writers/cells.h"
#include "medley/data/writers/formats.h"
#include "medley/data/writers/log_facts.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

namespace medley::data {
namespace {

/// A file of events, with the columns that these need.
class EventFile {
 public:
  EventFile(const WriteContext& context, std::string name, bool times, bool kinds, CsvCells& cells)
      : context_(context),
        name_(std::move(name)),
        times_(times),
        kinds_(kinds),
        cells_(cells),
        file_(context.folder.path(name_)) {
    file_.write(fmt::format("user,item,value{}{}\n", times ? ",time" : "", kinds ? ",kind" : ""));
  }

  void write(const Event& event) {
    const auto& dataset = context_.input.dataset;
    auto line = fmt::format("{},{},{}", cells_.text(dataset.users.id(event.user)),
                            cells_.text(dataset.items.id(event.item)), number_cell(event.value));
    if (times_) line += "," + time_cell(event.time, dataset.log.iso_times);
    if (kinds_) line += "," + cells_.text(dataset.log.kinds[static_cast<std::size_t>(event.kind)]);
    file_.write(line + "\n");
    ++rows_;
  }

  void commit() {
    file_.commit();
    context_.folder.add(name_, rows_);
  }

 private:
  const WriteContext& context_;
  std::string name_;
  bool times_;
  bool kinds_;
  CsvCells& cells_;
  AtomicFile file_;
  std::int64_t rows_ = 0;
};

void write_events(const WriteContext& context, CsvCells& cells, ExportReport& report) {
  const auto facts = facts_of(context.input, context.services);
  EventFile file(context, "events.csv", facts.any_time(), facts.several_kinds, cells);
  // An empty cell is no time to a reader, so that events without one have a file without the column.
  std::optional<EventFile> untimed;
  if (facts.any_time() && facts.without_time > 0)
    untimed.emplace(context, "events_without_time.csv", false, facts.several_kinds, cells);
  each_event(context.input, facts.events, context.services, [&](const Event& event, std::optional<Part>) {
    (untimed && event.time == kNoTime ? *untimed : file).write(event);
  });
  file.commit();
  if (untimed) {
    untimed->commit();
    report.note("events without a time stand in events_without_time.csv, which is imported by its path",
                facts.without_time);
  }
  report.events = facts.events;
  report.note("events with a part (train, valid, test), for which this format has no column", facts.labelled);
}

std::string header_of(const CatalogColumns& columns) {
  std::string out = quoted_cell(columns.id);
  const auto add = [&](const std::string& name) {
    if (!name.empty()) out += "," + quoted_cell(name);
  };
  for (const auto& field : columns.texts) add(field.column);
  for (const auto& field : columns.categories) add(field.shared ? "" : field.column);
  for (const auto& field : columns.numbers) add(field.column);
  for (const auto& name : columns.files.values) add(name);
  add(columns.available);
  add(columns.available_from);
  add(columns.available_until);
  return out + "\n";
}

std::string row_of(const Dataset& dataset, const CatalogColumns& columns, ItemId item, CsvCells& cells) {
  const auto& catalog = dataset.catalog;
  const auto at = static_cast<std::size_t>(item);
  auto out = cells.text(dataset.items.id(item));
  for (const auto& field : columns.texts) out += "," + cells.text(catalog.texts[field.index].values[at]);
  for (const auto& field : columns.categories) {
    if (field.shared) continue;
    const auto& values = catalog.categories[field.index].values[at];
    out += "," + cells.text(fmt::format("{}", fmt::join(values, field.separator)));
  }
  for (const auto& field : columns.numbers) out += "," + number_cell(catalog.numbers[field.index].values[at]);
  for (const auto kind : kMediaKinds) {
    if (!columns.files[kind].empty()) out += "," + quoted_cell(catalog.files[kind][at]);
  }
  const auto when = catalog.availability.empty() ? Availability{} : catalog.availability[at];
  if (!columns.available.empty()) out += when.listed ? ",yes" : ",no";
  if (!columns.available_from.empty()) out += "," + time_cell(when.from, dataset.log.iso_times);
  if (!columns.available_until.empty()) out += "," + time_cell(when.until, dataset.log.iso_times);
  return out + "\n";
}

void write_catalog(const WriteContext& context, const CatalogColumns& columns, CsvCells& cells,
                   ExportReport& report) {
  const auto& dataset = context.input.dataset;
  AtomicFile file(context.folder.path("catalog.csv"));
  file.write(header_of(columns));
  std::int64_t rows = 0;
  for (ItemId item = 0; item < dataset.item_count(); ++item) {
    if (dataset.catalog.has_row[static_cast<std::size_t>(item)] == 0) continue;
    context.services.cancel.check();
    file.write(row_of(dataset, columns, item, cells));
    ++rows;
  }
  file.commit();
  context.folder.add("catalog.csv", rows);
  report.note("fields whose column has another name, since two have one name",
              static_cast<std::int64_t>(columns.renamed.size()));
  for (const auto kind : kMediaKinds) {
    if (!columns.patterns[kind].empty()) continue;
    report.note(
        fmt::format("{}s whose paths follow no pattern: medley.toml does not name them", word_for(kind)),
        std::ranges::count_if(dataset.catalog.files[kind], [](const auto& path) { return !path.empty(); }));
  }
}

}  // namespace

ExportReport write_csv(const WriteContext& context) {
  const auto& dataset = context.input.dataset;
  ExportReport report;
  report.users = dataset.user_count();
  report.items = dataset.item_count();
  CsvCells cells(context.input.spreadsheet_safe);
  write_events(context, cells, report);
  std::optional<CatalogColumns> columns;
  if (std::ranges::count(dataset.catalog.has_row, 1) > 0) {
    columns = catalog_columns(dataset);
    write_catalog(context, *columns, cells, report);
  }
  const auto toml = context.folder.path("medley.toml");
  write_file(toml, workspace_toml(columns));
  context.folder.add("medley.toml", 0);
  report.note("cells that a spreadsheet would take for a formula got an apostrophe in front",
              cells.defused());
  return report;
}

}  // namespace medley::data

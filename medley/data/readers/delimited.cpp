#include "medley/core/error.h"
#include "medley/data/readers/formats.h"

namespace medley::data {
namespace {

/// A column that a user named must be there; one under its default name may be.
std::optional<std::size_t> column_or_default(const TableReader& table, const std::string& column,
                                             const std::string& default_name) {
  if (column.empty()) return std::nullopt;
  if (column == default_name) return table.find(column);
  return table.need(column, "[import] " + default_name);
}

}  // namespace

void read_delimited_events(const ReadContext& context) {
  const auto& import = context.import;
  const auto path = find_file(context, import.file, ".csv");
  TableReader table(path,
                    {.delimiter = import.delimiter,
                     .encoding = parse_encoding(import.encoding),
                     .wanted = {import.user, import.item}},
                    context.sink, context.services);
  EventColumns columns;
  columns.user = table.need(import.user, "[import] user");
  columns.item = table.need(import.item, "[import] item");
  columns.value = column_or_default(table, import.value, "value");
  columns.time = column_or_default(table, import.time, "time");
  columns.kind = column_or_default(table, import.kind, "kind");
  read_event_rows(table, columns, context.sink);
}

}  // namespace medley::data

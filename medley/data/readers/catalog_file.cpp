#include "medley/core/error.h"
#include "medley/data/readers/fields.h"
#include "medley/data/readers/formats.h"
#include "medley/data/readers/json_lines.h"
#include "medley/data/readers/media_path.h"

#include <fmt/core.h>

#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace medley::data {
namespace {

struct NamedColumn {
  std::string name;
  std::size_t column = 0;
  std::string separator;  ///< of categories
};

struct FoundColumns {
  std::size_t id = 0;
  std::vector<NamedColumn> texts;
  std::vector<NamedColumn> categories;
  std::vector<NamedColumn> numbers;
  std::optional<NamedColumn> available;
  std::optional<NamedColumn> from;
  std::optional<NamedColumn> until;
};

template <class Rows>
std::optional<NamedColumn> optional_column(Rows& table, const std::string& name, std::string_view option) {
  if (name.empty()) return std::nullopt;
  return NamedColumn{name, table.need(name, option), ""};
}

template <class Rows>
FoundColumns find_columns(Rows& table, const CatalogOptions& options) {
  FoundColumns out;
  out.id = table.need(options.id, "[catalog] id");
  for (const auto& name : options.text) out.texts.push_back({name, table.need(name, "[catalog] text"), ""});
  for (const auto& [name, separator] : options.categories) {
    out.categories.push_back({name, table.need(name, "[catalog] categories"), separator});
  }
  for (const auto& name : options.numbers) {
    out.numbers.push_back({name, table.need(name, "[catalog] numbers"), ""});
  }
  out.available = optional_column(table, options.available, "[catalog] available");
  out.from = optional_column(table, options.available_from, "[catalog] available_from");
  out.until = optional_column(table, options.available_until, "[catalog] available_until");
  return out;
}

/// Reads one cell by `parse` into `out`; an empty one says nothing, another one that cannot be read is
/// reported.
template <class Rows, class Parse, class Value>
void read_cell(Rows& table, const std::optional<NamedColumn>& column, const char* expected, Parse parse,
               Value& out) {
  if (!column) return;
  const auto text = trimmed(table.field(column->column));
  if (text.empty()) return;
  if (const auto value = parse(text)) {
    out = *value;
  } else {
    table.reject(
        fmt::format("{} '{}' is {}: the field is left out", column->name, cut_text(text, 40), expected));
  }
}

template <class Rows>
std::optional<Availability> read_availability(Rows& table, const FoundColumns& columns) {
  if (!columns.available && !columns.from && !columns.until) return std::nullopt;
  constexpr const char* kTime = "neither a number of seconds nor a date";
  Availability out;
  read_cell(table, columns.available, "neither yes nor no", parse_flag, out.listed);
  read_cell(table, columns.from, kTime, parse_time, out.from);
  read_cell(table, columns.until, kTime, parse_time, out.until);
  return out;
}

template <class Rows>
void read_row(Rows& table, const FoundColumns& columns, const MediaFinders& media, RowSink& sink) {
  ItemRow row;
  row.id = table.field(columns.id);
  auto fault = id_fault(row.id, "item");
  if (!fault.empty()) {
    table.reject(std::move(fault));
    return;
  }
  for (const auto& [name, column, separator] : columns.texts) {
    const auto text = table.field(column);
    if (!text.empty()) row.texts.emplace_back(name, std::string(text));
  }
  for (const auto& [name, column, separator] : columns.categories) {
    auto values = table.values(column, separator);
    if (!values.empty()) row.categories.emplace_back(name, std::move(values));
  }
  for (const auto& [name, column, separator] : columns.numbers) {
    const auto text = trimmed(table.field(column));
    if (text.empty()) continue;
    if (const auto value = parse_number(text)) {
      row.numbers.emplace_back(name, *value);
    } else {
      table.reject(fmt::format("{} '{}' is not a number: the field is left out", name, cut_text(text, 40)));
    }
  }
  row.availability = read_availability(table, columns);
  media.find(row, fault);
  if (!fault.empty()) table.reject(std::move(fault));
  sink.item(row);
}

template <class Rows>
void read_rows(Rows& rows, const FoundColumns& columns, const MediaFinders& media, RowSink& sink) {
  while (rows.next()) {
    if constexpr (std::is_same_v<Rows, JsonLines>) {
      if (!rows.fault().empty()) rows.reject(rows.fault() + ": the field is left out");
    }
    read_row(rows, columns, media, sink);
  }
}

}  // namespace

void read_catalog_file(const ReadContext& context) {
  const auto& options = context.catalog;
  const auto path = context.folder / options.file;
  const auto encoding = parse_encoding(context.import.encoding);
  if (is_json_lines(path)) {
    JsonLines rows(path, encoding, "", context.sink, context.services);
    const auto keys = find_columns(rows, options);
    read_rows(rows, keys, MediaFinders(path.parent_path(), options.files), context.sink);
    return;
  }
  std::vector<std::string> wanted = options.text;
  wanted.push_back(options.id);
  TableReader table(path, {.encoding = encoding, .wanted = wanted}, context.sink, context.services);
  const auto columns = find_columns(table, options);
  read_rows(table, columns, MediaFinders(path.parent_path(), options.files), context.sink);
}

}  // namespace medley::data

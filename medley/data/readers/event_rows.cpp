#include "medley/data/readers/fields.h"
#include "medley/data/readers/formats.h"
#include "medley/data/readers/json_lines.h"

#include <fmt/core.h>

#include <string>

namespace medley::data {
namespace {

std::string_view shown(std::string_view text) {
  return cut_text(text, 40);
}

std::optional<Part> parse_label(std::string_view text) {
  if (text == "0") return Part::train;
  if (text == "1") return Part::valid;
  if (text == "2") return Part::test;
  return std::nullopt;
}

/// Fills `row` from a table or from objects; returns why it cannot be used, or "".
template <class Rows>
std::string read_row(const Rows& table, const EventColumns& columns, EventRow& row) {
  row.user = table.field(columns.user);
  row.item = table.field(columns.item);
  if (auto fault = id_fault(row.user, "user"); !fault.empty()) return fault;
  if (auto fault = id_fault(row.item, "item"); !fault.empty()) return fault;
  if (columns.value) {
    const auto text = table.field(*columns.value);
    const auto value = parse_value(text);
    if (!value) return fmt::format("value '{}' is not a number", shown(text));
    row.value = *value;
  }
  if (columns.time) {
    const auto text = table.field(*columns.time);
    const auto time = parse_time(text);
    if (!time) return fmt::format("time '{}' is neither a number of seconds nor a date", shown(text));
    row.time = *time;
    row.iso_time = is_iso_time(text);
  }
  if (columns.kind && !table.field(*columns.kind).empty()) {
    row.kind = table.field(*columns.kind);
    if (auto fault = id_fault(row.kind, "kind"); !fault.empty()) return fault;
  }
  if (columns.label) {
    const auto text = table.field(*columns.label);
    row.label = parse_label(text);
    if (!row.label) return fmt::format("label '{}' is not 0, 1 or 2", shown(text));
  }
  return {};
}

}  // namespace

void read_event_rows(TableReader& table, const EventColumns& columns, RowSink& sink) {
  table.set_user(columns.user);
  while (table.next()) {
    EventRow row;
    auto fault = read_row(table, columns, row);
    if (fault.empty()) {
      sink.event(row);
    } else {
      table.reject(std::move(fault));
    }
  }
}

void read_jsonl_events(const ReadContext& context) {
  const auto& import = context.import;
  JsonLines rows(find_file(context, import.file, ".jsonl"), parse_encoding(import.encoding), import.user,
                 context.sink, context.services);
  // A key that a user named must be there; one under its default name may be.
  const ImportOptions defaults;
  const auto optional_key = [&](const std::string& key,
                                const std::string& default_name) -> std::optional<std::size_t> {
    if (key.empty()) return std::nullopt;
    return key == default_name ? rows.find(key) : rows.need(key, "[import] " + default_name);
  };
  const EventColumns keys{.user = rows.need(import.user, "[import] user"),
                          .item = rows.need(import.item, "[import] item"),
                          .value = optional_key(import.value, defaults.value),
                          .time = optional_key(import.time, defaults.time),
                          .kind = optional_key(import.kind, defaults.kind),
                          .label = std::nullopt};
  while (rows.next()) {
    auto there = keys;
    for (auto* key : {&there.value, &there.time, &there.kind}) {
      if (*key && !rows.has(**key)) key->reset();
    }
    EventRow row;
    auto fault = rows.fault().empty() ? read_row(rows, there, row) : rows.fault();
    if (fault.empty()) {
      context.sink.event(row);
    } else {
      rows.reject(std::move(fault));
    }
  }
}

}  // namespace medley::data

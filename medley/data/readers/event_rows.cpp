#include "medley/data/readers/fields.h"
#include "medley/data/readers/formats.h"

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

/// Fills `row`; returns why it cannot be used, or "".
std::string read_row(const TableReader& table, const EventColumns& columns, EventRow& row) {
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

}  // namespace medley::data

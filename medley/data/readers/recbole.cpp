#include "medley/core/error.h"
#include "medley/data/readers/fields.h"
#include "medley/data/readers/formats.h"

#include <fmt/core.h>

#include <initializer_list>
#include <string>
#include <utility>

namespace medley::data {
namespace {

enum class Type { token, token_seq, number, number_seq };

/// A column of an atomic file: `movie_title:token_seq`.
struct Column {
  std::string name;
  Type type;
};

std::vector<Column> parse_columns(const TableReader& table) {
  std::vector<Column> out;
  for (const auto& head : table.columns()) {
    const auto colon = head.rfind(':');
    const auto type = colon == std::string::npos ? "" : head.substr(colon + 1);
    Column column{head.substr(0, colon), Type::token};
    if (type == "token_seq") {
      column.type = Type::token_seq;
    } else if (type == "float") {
      column.type = Type::number;
    } else if (type == "float_seq") {
      column.type = Type::number_seq;
    } else if (type != "token") {
      fail(
          ErrorCode::corrupt_data,
          "'{}' line 1: column '{}' has no type; name:token, name:token_seq, name:float or name:float_seq is "
          "needed",
          table.name(), cut_text(head, 60));
    }
    out.push_back(std::move(column));
  }
  return out;
}

std::optional<std::size_t> first_of(const std::vector<Column>& columns, const std::string& configured,
                                    std::initializer_list<std::string_view> names) {
  const auto find = [&](std::string_view name) -> std::optional<std::size_t> {
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (columns[i].name == name) return i;
    }
    return std::nullopt;
  };
  if (const auto found = find(configured)) return found;
  for (const auto name : names) {
    if (const auto found = find(name)) return found;
  }
  return std::nullopt;
}

std::size_t need(const TableReader& table, std::optional<std::size_t> found, std::string_view name,
                 std::string_view option) {
  return found ? *found : table.need(name, option);
}

// RecBole joins its fields by tabs without quoting them.
TableReader open_atomic(const std::filesystem::path& path, const ReadContext& context) {
  const auto& import = context.import;
  return TableReader(path,
                     {.delimiter = import.delimiter.empty() ? "\t" : import.delimiter,
                      .quotes = false,
                      .encoding = parse_encoding(import.encoding)},
                     context.sink, context.services);
}

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

bool names_categories(std::string_view name) {
  return contains(name, "genre") || contains(name, "class") || contains(name, "categor") ||
         contains(name, "tag");
}

/// Adds one field of a catalogue row by its type; what is empty is absent. Returns a fault of the field.
std::string add_field(const Column& column, std::string_view text, ItemRow& row) {
  if (trimmed(text).empty()) return {};
  const bool number = column.type == Type::number || contains(column.name, "year");
  if (number) {
    const auto value = parse_number(text);
    if (!value) return fmt::format("{} '{}' is not a number", column.name, cut_text(text, 40));
    row.numbers.emplace_back(column.name, *value);
  } else if (column.type == Type::token_seq) {
    if (names_categories(column.name)) row.categories.emplace_back(column.name, split_values(text, " "));
    row.texts.emplace_back(column.name, std::string(text));
  } else if (column.type == Type::token) {
    const bool title = contains(column.name, "title") || contains(column.name, "name");
    if (title) {
      row.texts.emplace_back(column.name, std::string(text));
    } else {
      row.categories.emplace_back(column.name, std::vector<std::string>{std::string(trimmed(text))});
    }
  }
  return {};
}

}  // namespace

void read_recbole_events(const ReadContext& context) {
  const auto& import = context.import;
  auto table = open_atomic(find_file(context, import.file, ".inter"), context);
  const auto columns = parse_columns(table);
  EventColumns events;
  events.user =
      need(table, first_of(columns, import.user, {"user_id", "userID"}), "user_id", "[import] user");
  events.item =
      need(table, first_of(columns, import.item, {"item_id", "itemID"}), "item_id", "[import] item");
  events.value = first_of(columns, import.value, {"rating"});
  events.time = first_of(columns, import.time, {"timestamp"});
  read_event_rows(table, events, context.sink);
}

void read_recbole_items(const ReadContext& context) {
  auto inter = find_file(context, context.import.file, ".inter");
  const auto path = inter.replace_extension(".item");
  std::error_code error;
  if (!std::filesystem::exists(path, error)) return;
  auto table = open_atomic(path, context);
  const auto columns = parse_columns(table);
  const auto id =
      need(table, first_of(columns, context.import.item, {"item_id", "itemID"}), "item_id", "[import] item");
  while (table.next()) {
    ItemRow row;
    row.id = table.field(id);
    auto fault = id_fault(row.id, "item");
    if (!fault.empty()) {
      table.reject(std::move(fault));
      continue;
    }
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (i == id) continue;
      fault = add_field(columns[i], table.field(i), row);
      if (!fault.empty()) table.reject(fault + ": the field is left out");
    }
    context.sink.item(row);
  }
}

}  // namespace medley::data

#include "medley/data/readers/formats.h"

#include <initializer_list>
#include <string>

namespace medley::data {
namespace {

/// The first of the names that the table has, the configured one before the others.
std::optional<std::size_t> first_of(const TableReader& table, const std::string& configured,
                                    std::initializer_list<std::string_view> names) {
  if (const auto found = table.find(configured)) return found;
  for (const auto name : names) {
    if (const auto found = table.find(name)) return found;
  }
  return std::nullopt;
}

}  // namespace

void read_mmrec_events(const ReadContext& context) {
  const auto& import = context.import;
  const auto path = find_file(context, import.file, ".inter");
  // MMRec writes its files without quoting.
  TableReader table(path,
                    {.delimiter = import.delimiter.empty() ? "\t" : import.delimiter,
                     .quotes = false,
                     .encoding = parse_encoding(import.encoding)},
                    context.sink, context.services);
  EventColumns columns;
  const auto user = first_of(table, import.user, {"userID", "user_id", "user"});
  const auto item = first_of(table, import.item, {"itemID", "item_id", "item"});
  columns.user = user ? *user : table.need("userID", "[import] user");
  columns.item = item ? *item : table.need("itemID", "[import] item");
  columns.value = first_of(table, import.value, {"rating"});
  columns.time = first_of(table, import.time, {"timestamp"});
  columns.label = table.find("x_label");
  read_event_rows(table, columns, context.sink);
}

}  // namespace medley::data

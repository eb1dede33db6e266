#include "medley/data/store/catalog_cells.h"

#include "medley/data/store/read_rows.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

namespace medley::data {
namespace {

constexpr std::int32_t kBlockItems = 2048;
constexpr std::size_t kBlockBytes = 8'000'000;

/// Where the cells of a field go.
struct Field {
  ColumnType type;
  std::size_t index;  ///< of the column among those of its type; of a file, the MediaKind
};

ColumnType type_of(const Database& database, const std::string& type) {
  if (type == "text") return ColumnType::text;
  if (type == "category") return ColumnType::category;
  if (type == "number") return ColumnType::number;
  if (std::ranges::find(kMediaKinds, type, name_of) != kMediaKinds.end()) return ColumnType::file;
  fail(ErrorCode::corrupt_data, "the store '{}' has a field of unknown type '{}'", database.path().string(),
       type);
}

/// The place of a new column; a file has it in any catalogue.
std::size_t add_column(ColumnType type, const std::string& type_name, const std::string& name,
                       Catalog& catalog) {
  switch (type) {
    case ColumnType::text: catalog.texts.push_back({name, {}}); return catalog.texts.size() - 1;
    case ColumnType::category: catalog.categories.push_back({name, {}}); return catalog.categories.size() - 1;
    case ColumnType::number: catalog.numbers.push_back({name, {}}); return catalog.numbers.size() - 1;
    case ColumnType::file: break;
  }
  return static_cast<std::size_t>(std::ranges::find(kMediaKinds, type_name, name_of) - kMediaKinds.begin());
}

/// Makes columns without values for the fields of one type, or of all; the other fields have no place.
std::vector<std::optional<Field>> load_fields(Database& database, std::optional<ColumnType> wanted,
                                              Catalog& catalog) {
  long long row = 0;
  std::string type_name;
  std::string name;
  std::vector<std::optional<Field>> out;
  for_each_row(
      database.sql(), "SELECT row, type, name FROM fields ORDER BY row",
      [&] {
        if (row != static_cast<long long>(out.size()) + 1) names_none(database, row, out.size(), "field");
        const auto type = type_of(database, type_name);
        auto& field = out.emplace_back();
        if (!wanted || type == *wanted) field = {type, add_column(type, type_name, name, catalog)};
      },
      row, type_name, name);
  return out;
}

/// A value of an item.
struct Cell {
  long long item_row = 0;
  long long field_row = 0;
  std::string text;
  double number = 0.0;
};

void put(Catalog& catalog, const Field& field, std::size_t at, const Cell& cell) {
  switch (field.type) {
    case ColumnType::text: catalog.texts[field.index].values[at] = cell.text; break;
    case ColumnType::category: catalog.categories[field.index].values[at].push_back(cell.text); break;
    case ColumnType::number: catalog.numbers[field.index].values[at] = cell.number; break;
    case ColumnType::file: {
      auto& paths = catalog.files.values[field.index];
      if (paths.empty()) paths.resize(catalog.has_row.size());
      paths[at] = cell.text;
      break;
    }
  }
}

/// Calls `use(item, field, cell)` with the cells of the fields that have a place, in the order of the items.
template <class Use>
void for_each_cell(Database& database, std::int32_t items, const std::vector<std::optional<Field>>& fields,
                   Use use) {
  std::vector<std::size_t> rows;
  for (std::size_t f = 0; f < fields.size(); ++f)
    if (fields[f]) rows.push_back(f + 1);
  const auto all = rows.size() == fields.size();
  // The plus: by an index of field_row alone every item's cells would be sorted.
  const auto query = fmt::format(
      "SELECT item_row, field_row, text, number FROM cells {} ORDER BY item_row, field_row, position",
      all ? "" : fmt::format("WHERE +field_row IN ({})", fmt::join(rows, ", ")));
  Cell cell;
  for_each_row(
      database.sql(), query.c_str(),
      [&] {
        const auto item = dense(database, cell.item_row, static_cast<std::size_t>(items), "item");
        const auto& field =
            fields[static_cast<std::size_t>(dense(database, cell.field_row, fields.size(), "field"))];
        use(item, *field, cell);
      },
      cell.item_row, cell.field_row, cell.text, cell.number);
}

/// Cuts a catalogue into blocks as its cells come.
class Blocks {
 public:
  Blocks(Catalog columns, std::int32_t items, const CatalogSink& sink)
      : columns_(std::move(columns)), items_(items), sink_(sink) {
    start(0);
  }

  void take(ItemId item, const Field& field, const Cell& cell) {
    if (item != last_ && bytes_ >= kBlockBytes) hand_out(std::min(item - first_, kBlockItems));
    while (item - first_ >= kBlockItems) hand_out(kBlockItems);
    put(block_, field, static_cast<std::size_t>(item - first_), cell);
    bytes_ += cell.text.size() + sizeof(std::string);
    last_ = item;
  }

  void finish() {
    do hand_out(std::min(items_ - first_, kBlockItems));
    while (first_ < items_);
  }

 private:
  void start(ItemId first) {
    first_ = first;
    bytes_ = 0;
    block_ = columns_;
    block_.resize(kBlockItems);
  }

  void hand_out(std::int32_t count) {
    block_.resize(count);
    sink_(block_, first_, count);
    start(first_ + count);
  }

  Catalog columns_;
  ItemId items_;
  const CatalogSink& sink_;
  Catalog block_;
  ItemId first_ = 0;
  ItemId last_ = -1;  ///< that a cell came for
  std::size_t bytes_ = 0;
};

}  // namespace

void load_cells(Database& database, std::int32_t items, Catalog& catalog) {
  const auto fields = load_fields(database, {}, catalog);
  catalog.resize(items);
  for_each_cell(database, items, fields, [&](ItemId item, const Field& field, const Cell& cell) {
    put(catalog, field, static_cast<std::size_t>(item), cell);
  });
}

void check_cells(Database& database, std::int32_t items) {
  Catalog columns;
  const auto fields = load_fields(database, {}, columns);
  Cell cell;
  const auto query = fmt::format(
      "SELECT item_row, field_row FROM cells WHERE item_row NOT BETWEEN 1 AND {} OR "
      "field_row NOT BETWEEN 1 AND {} LIMIT 1",
      items, fields.size());
  for_each_row(
      database.sql(), query.c_str(),
      [&] {
        dense(database, cell.item_row, static_cast<std::size_t>(items), "item");
        dense(database, cell.field_row, fields.size(), "field");
      },
      cell.item_row, cell.field_row);
}

void stream_cells(Database& database, std::int32_t items, ColumnType type, const CatalogSink& sink) {
  Catalog columns;
  const auto fields = load_fields(database, type, columns);
  Blocks blocks(std::move(columns), items, sink);
  for_each_cell(database, items, fields,
                [&](ItemId item, const Field& field, const Cell& cell) { blocks.take(item, field, cell); });
  blocks.finish();
}

}  // namespace medley::data

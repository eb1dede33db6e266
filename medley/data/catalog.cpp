#include "medley/data/catalog.h"

#include <algorithm>
#include <limits>

namespace medley::data {
namespace {

template <class Column>
const Column* named(const std::vector<Column>& columns, const std::string& name) {
  const auto found =
      std::find_if(columns.begin(), columns.end(), [&](const Column& column) { return column.name == name; });
  return found == columns.end() ? nullptr : &*found;
}

}  // namespace

const Catalog::Texts* Catalog::text(const std::string& name) const {
  return named(texts, name);
}
const Catalog::Categories* Catalog::category(const std::string& name) const {
  return named(categories, name);
}
const Catalog::Numbers* Catalog::number(const std::string& name) const {
  return named(numbers, name);
}

void Catalog::resize(std::int32_t items) {
  const auto n = static_cast<std::size_t>(items);
  for (auto& column : texts) column.values.resize(n);
  for (auto& column : categories) column.values.resize(n);
  for (auto& column : numbers) column.values.resize(n, std::numeric_limits<double>::quiet_NaN());
  for (auto& paths : files.values) {
    if (!paths.empty()) paths.resize(n);
  }
  if (!availability.empty()) availability.resize(n);
  has_row.resize(n, 0);
}

}  // namespace medley::data

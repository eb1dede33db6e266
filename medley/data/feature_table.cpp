#include "medley/data/feature_table.h"

#include "medley/core/error.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>
#include <type_traits>

namespace medley::data {
namespace {

template <class T>
bool all_zero(std::span<const T> values) {
  return std::all_of(values.begin(), values.end(), [](T value) { return value == T{}; });
}

template <class T>
bool all_finite(std::span<const T> values) {
  if constexpr (std::is_floating_point_v<T>) {
    return std::all_of(values.begin(), values.end(), [](T value) { return std::isfinite(value); });
  }
  return true;
}

template <class T>
std::span<const T> stored_row(const math::BasicMatrix<T>& rows, math::Index item) {
  return rows.row(item);
}
std::span<const float> stored_row(const math::Csr& rows, math::Index item) {
  return rows.view().row_values(item);
}

struct Shape {
  math::Index rows;
  math::Index cols;
};
template <class T>
Shape shape_of(const math::BasicMatrix<T>& rows) {
  return {rows.rows(), rows.cols()};
}
Shape shape_of(const math::Csr& rows) {
  return {rows.rows, rows.cols};
}

}  // namespace

math::Index FeatureTable::items() const {
  return std::visit([](const auto& values) { return shape_of(values).rows; }, rows);
}

math::Index FeatureTable::dim() const {
  return std::visit([](const auto& values) { return shape_of(values).cols; }, rows);
}

std::int64_t FeatureTable::present_count() const {
  return std::accumulate(present.begin(), present.end(), std::int64_t{0});
}

void check_table(const FeatureTable& table) {
  const auto corrupt = [&](const std::string& what) {
    fail(ErrorCode::corrupt_data, "feature '{}': {}", table.name, what);
  };
  if (table.is_sparse()) math::check_csr(table.sparse().view(), table.name.c_str());
  if (static_cast<math::Index>(table.present.size()) != table.items()) {
    corrupt(fmt::format("{} rows and {} presence bits", table.items(), table.present.size()));
  }
  if (!table.columns.empty() && static_cast<math::Index>(table.columns.size()) != table.dim()) {
    corrupt(fmt::format("{} columns and {} names of columns", table.dim(), table.columns.size()));
  }
  for (math::Index item = 0; item < table.items(); ++item) {
    const auto bit = table.present[static_cast<std::size_t>(item)];
    if (bit > 1) corrupt(fmt::format("the presence bit of row {} is {}", item, bit));
    std::visit(
        [&](const auto& rows) {
          const auto row = stored_row(rows, item);
          if (bit == 0 && !all_zero(row)) corrupt(fmt::format("row {} is absent and not zero", item));
          if (!all_finite(row)) corrupt(fmt::format("row {} holds a value that is not finite", item));
        },
        table.rows);
  }
}

UnitRows unit_rows(const FeatureTable& table, bool centre) {
  require(!table.is_raw(), "feature '{}' ({}) is the input of a network, and nothing to compare items by",
          table.name, table.extractor);
  UnitRows out;
  if (table.is_sparse()) {
    out.centering = math::unit_rows(table.sparse().view(), table.present, centre);
    out.rows.sparse = table.sparse().view();
  } else {
    out.centering = math::unit_rows(table.dense().view(), table.present, centre);
    out.rows.dense = table.dense().view();
  }
  // The spans stay valid when `out` is moved: they point to the vectors' heap storage.
  out.rows.mean = out.centering.mean;
  out.rows.scale = out.centering.scale;
  return out;
}

}  // namespace medley::data

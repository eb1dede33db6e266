#include "medley/data/feature_table.h"

#include "medley/core/error.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace medley::data {
namespace {

bool all_zero(std::span<const float> values) {
  return std::all_of(values.begin(), values.end(), [](float value) { return value == 0.0f; });
}

std::span<const float> stored_row(const FeatureTable& table, math::Index item) {
  return table.is_sparse() ? table.sparse().view().row_values(item) : table.dense().row(item);
}

}  // namespace

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
    const auto row = stored_row(table, item);
    if (bit > 1) corrupt(fmt::format("the presence bit of row {} is {}", item, bit));
    if (bit == 0 && !all_zero(row)) corrupt(fmt::format("row {} is absent and not zero", item));
    if (!std::all_of(row.begin(), row.end(), [](float value) { return std::isfinite(value); })) {
      corrupt(fmt::format("row {} holds a value that is not finite", item));
    }
  }
}

UnitRows unit_rows(const FeatureTable& table, bool centre) {
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

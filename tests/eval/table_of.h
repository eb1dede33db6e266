#pragma once

#include "medley/data/feature_table.h"

#include <algorithm>
#include <memory>
#include <vector>

namespace medley::eval::test {

/// A dense table called "look"; rows of nothing are absent.
inline std::shared_ptr<const data::FeatureTable> table_of(const std::vector<std::vector<float>>& rows,
                                                          int dim) {
  auto out = std::make_shared<data::FeatureTable>();
  out->name = "look";
  math::Matrix values(static_cast<math::Index>(rows.size()), dim);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::copy(rows[i].begin(), rows[i].end(), values.row(static_cast<math::Index>(i)).begin());
    out->present.push_back(rows[i].empty() ? 0 : 1);
  }
  out->rows = std::move(values);
  return out;
}

}  // namespace medley::eval::test

#pragma once

#include "medley/math/csr.h"

#include <cstdint>
#include <utility>
#include <vector>

namespace medley::features::test {

/// A sparse matrix of rows of (column, value).
inline math::Csr sparse(std::vector<std::vector<std::pair<std::int32_t, float>>> rows, math::Index cols) {
  math::Csr out;
  out.rows = static_cast<math::Index>(rows.size());
  out.cols = cols;
  for (const auto& row : rows) {
    for (const auto& [column, value] : row) {
      out.indices.push_back(column);
      out.values.push_back(value);
    }
    out.indptr.push_back(static_cast<std::int64_t>(out.indices.size()));
  }
  return out;
}

}  // namespace medley::features::test

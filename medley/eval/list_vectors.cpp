#include "medley/eval/list_vectors.h"

#include "medley/core/error.h"

#include <algorithm>
#include <utility>

namespace medley::eval {

ListVectors::ListVectors(std::shared_ptr<const data::FeatureTable> table)
    : table_(std::move(table)), unit_(data::unit_rows(*table_, false)) {}

bool ListVectors::has(data::ItemId item) const {
  const auto row = static_cast<std::size_t>(item);
  require(item >= 0 && row < table_->present.size(), "feature '{}' ends at row {}, item {} was recommended",
          table_->name, table_->present.size(), item);
  return table_->present[row] != 0;
}

double ListVectors::cosine(data::ItemId a, data::ItemId b) const {
  return std::clamp(static_cast<double>(math::inner_product(unit_.rows, a, b)), -1.0, 1.0);
}

}  // namespace medley::eval

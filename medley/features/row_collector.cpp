#include "medley/features/row_collector.h"

#include "medley/core/error.h"

#include <algorithm>
#include <type_traits>
#include <utility>

namespace medley::features {

RowCollector::RowCollector(std::size_t items) {
  all_.present.resize(items);
  all_.notes.resize(items);
}

void RowCollector::add(Vectors block, std::size_t first) {
  const auto n = block.present.size();
  if (n == all_.present.size()) {
    all_ = std::move(block);
    whole_ = true;
    return;
  }
  const auto at = static_cast<std::ptrdiff_t>(first);
  std::ranges::copy(block.present, all_.present.begin() + at);
  std::ranges::move(block.notes, all_.notes.begin() + at);
  std::visit(
      [&]<class Rows>(const Rows& rows) {
        if constexpr (std::is_same_v<Rows, math::Csr>) {
          if (!sparse_) sparse_.emplace();
          sparse_->add(rows.view());
        } else {
          if (first == 0) all_.rows = Rows(static_cast<math::Index>(all_.present.size()), rows.cols());
          auto& to = std::get<Rows>(all_.rows);
          for (math::Index i = 0; i < rows.rows(); ++i)
            std::ranges::copy(rows.row(i), to.row(static_cast<math::Index>(first) + i).begin());
        }
      },
      block.rows);
}

Vectors RowCollector::take() && {
  if (sparse_ && !whole_) all_.rows = sparse_->whole();
  return std::move(all_);
}

}  // namespace medley::features

#include "medley/features/extractor.h"

#include "medley/core/error.h"
#include "medley/features/row_collector.h"

#include <utility>

namespace medley::features {

Vectors transform_all(const Extractor& extractor, const ItemBlocks& items, const Services& services) {
  RowCollector rows(items.size());
  items.for_each([&](std::span<const Item> block, std::size_t first) {
    services.cancel.check();
    rows.add(extractor.transform(block, services), first);
  });
  return std::move(rows).take();
}

Vectors Extractor::fit_transform(const ItemBlocks& items, const Services& services) {
  fit(items, services);
  return transform_all(*this, items, services);
}

void require_lengths(std::span<const float> origin, std::span<const float> direction, int dim) {
  const auto width = static_cast<std::size_t>(dim);
  require(origin.size() == width && direction.size() == width,
          "an origin of {} and a direction of {} numbers, and rows have {}", origin.size(), direction.size(),
          width);
}

}  // namespace medley::features

#pragma once

#include "medley/data/catalog.h"

#include <span>
#include <string>
#include <vector>

namespace medley::app {

/// The colours of a map.
struct ItemGroups {
  std::vector<std::string> names;  ///< the seven most frequent, then "other"; empty without categories
  int others = -1;                 ///< the place of "other" in `names`
  std::vector<int> of;             ///< one an item asked about
};

/// Groups items by the first value of the first column of categories in which any of them has one.
ItemGroups make_groups(const data::Catalog& catalog, std::span<const data::ItemId> items);

}  // namespace medley::app

#pragma once

#include "medley/data/catalog.h"
#include "medley/data/events.h"
#include "medley/data/feature_table.h"
#include "medley/data/id_map.h"

#include <string>
#include <vector>

namespace medley::data {

/// Everything read from a workspace or a benchmark folder.
struct Dataset {
  std::string name;
  IdMap users;
  IdMap items;  ///< of events and catalogue together
  EventLog log;
  Catalog catalog;
  std::vector<FeatureTable> features;  ///< vectors that came with the data

  std::int32_t user_count() const { return users.size(); }
  std::int32_t item_count() const { return items.size(); }
};

}  // namespace medley::data

#pragma once

#include "medley/engine/new_items.h"

#include "apps/medley/session.h"

#include <vector>

namespace medley::app {

/// Prints where new items stand in one asker's list.
void print_ranks(const Session& session, const std::vector<engine::NewItemRank>& ranks);

/// Prints who wants each most; parallel to `items`.
void print_takers(const Session& session, const std::vector<engine::NewItem>& items,
                  const std::vector<std::vector<engine::NewItemTaker>>& takers);

}  // namespace medley::app

#pragma once

#include "medley/data/events.h"

#include <cstdint>

namespace medley::data {

/// The events whose value is at least `min_value`. Order and labels are kept, row numbers too.
EventLog keep_values(const EventLog& log, double min_value);

/// The largest part of the log in which every user has at least `per_user` distinct items and every item at
/// least `per_item` distinct users (found by taking away what has too few until nothing has). Order, labels
/// and row numbers are kept; a user or item that left has no event.
EventLog k_core(const EventLog& log, std::int32_t users, std::int32_t items, std::int32_t per_user,
                std::int32_t per_item);

}  // namespace medley::data

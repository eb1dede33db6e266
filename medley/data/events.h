#pragma once

#include "medley/data/id_map.h"

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace medley::data {

inline constexpr std::int64_t kNoTime = std::numeric_limits<std::int64_t>::min();

/// One line of the log.
struct Event {
  UserId user = 0;
  ItemId item = 0;
  float value = 1.0f;           ///< the rating where there is one, else 1
  std::int32_t kind = 0;        ///< index into `EventLog::kinds`
  std::int64_t time = kNoTime;  ///< seconds since 1970 UTC, or kNoTime

  bool operator==(const Event&) const = default;
};

/// Which part of an experiment a (user, item) pair belongs to; `none` is in no part.
enum class Part : std::uint8_t { train, valid, test, none, history };

/// Who did what, in file order.
struct EventLog {
  std::vector<Event> events;
  std::vector<std::string> kinds{"event"};
  /// One a pair of (user, item) occurrence, parallel to `events`, where the source fixes the split; else
  /// empty.
  std::vector<Part> labels;
  bool iso_times = false;  ///< the source wrote dates (ISO 8601), not numbers

  bool has_times() const {
    for (const auto& event : events) {
      if (event.time == kNoTime) return false;
    }
    return !events.empty();
  }
};

}  // namespace medley::data

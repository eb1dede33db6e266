#pragma once

#include <chrono>
#include <cstdint>

namespace medley {

/// The present, in whole seconds since 1970 UTC.
inline std::int64_t unix_seconds() {
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  return now.time_since_epoch().count();
}

}  // namespace medley

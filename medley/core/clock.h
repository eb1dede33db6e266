#pragma once

#include <chrono>
#include <cstdint>

namespace medley {

/// The present, in whole seconds since 1970 UTC.
inline std::int64_t unix_seconds() {
  using namespace std::chrono;
  return floor<seconds>(system_clock::now()).time_since_epoch().count();
}

}  // namespace medley

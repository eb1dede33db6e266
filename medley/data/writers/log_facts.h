#pragma once

#include "medley/core/services.h"
#include "medley/data/interactions.h"
#include "medley/data/store/store.h"
#include "medley/data/writers/writer.h"

#include <cstdint>
#include <string_view>

namespace medley::data {

/// What decides which columns a log needs.
struct LogFacts {
  std::int64_t events = 0;
  std::int64_t without_time = 0;
  bool several_kinds = false;  ///< or one that is not "event"
  std::int64_t labelled = 0;

  bool any_time() const { return without_time < events; }
};

/// Goes through the whole stream once. Throws `interrupted`.
LogFacts facts_of(const ExportInput& input, const Services& services);

/// Hands on the stream with progress. Throws `interrupted`.
void each_event(const ExportInput& input, std::int64_t total, const Services& services,
                const EventSink& sink);

/// Whether every pair of the parts has a time.
bool all_timed(const Interactions& pairs);

/// Calls `row(user, item, at)` for each pair, `at` being its place in `pairs.by_user`. Throws `interrupted`.
template <class Row>
void each_pair(const Interactions& pairs, const Services& services, Row row) {
  for (UserId user = 0; user < pairs.users; ++user) {
    services.cancel.check();
    const auto begin = static_cast<std::size_t>(pairs.by_user.indptr[static_cast<std::size_t>(user)]);
    const auto end = static_cast<std::size_t>(pairs.by_user.indptr[static_cast<std::size_t>(user) + 1]);
    for (auto at = begin; at < end; ++at) row(user, pairs.by_user.ids[at], at);
  }
}

}  // namespace medley::data

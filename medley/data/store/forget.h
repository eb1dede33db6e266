#pragma once

#include "medley/data/store/store.h"

#include <cstdint>
#include <optional>
#include <string>

namespace medley::data {

/// Deletes a user and all events of theirs, so that no byte of them stays in the store's files: what is
/// deleted is overwritten, the file is written anew without free pages, and the write-ahead log is emptied.
/// Takes room for a second copy of the store meanwhile. Returns how many events there were, or nothing for a
/// user who is not in the store. A call that was cut short between the deletion and its end is finished by
/// the next one, for whichever user. Throws `busy` where another process reads the store for longer than its
/// wait; `io`.
std::optional<std::int64_t> forget_user(Store& store, const std::string& user);

/// Whether the store knows the user.
bool has_user(Store& store, const std::string& user);

}  // namespace medley::data

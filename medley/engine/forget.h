#pragma once

#include "medley/engine/workspace.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace medley::engine {

/// What was done to forget a user.
struct ForgetReport {
  std::int64_t events = 0;
  std::int64_t quarantine_rows = 0;
  std::int64_t split_rows = 0;                 ///< of NAME.train.tsv, .valid.tsv, .test.tsv, .history.tsv
  std::vector<std::filesystem::path> removed;  ///< files of runs and models that named the user
  std::vector<std::string> stale_models;       ///< refused until they are fitted again
  /// Files of the workspace's folder that are not medley's to change and still name the user: what was
  /// imported from there would come back with the next import.
  std::vector<std::filesystem::path> still_named_in;
};

/// Removes a user from the workspace: rows of the store, lines of the quarantine and of splits, files of
/// runs. All models that are there become stale: each may have been fitted with the user's events. The caller
/// holds the `WorkspaceLock`. What a call that was cut short left, the same call again finishes. Throws
/// `invalid_argument` for an empty id,
/// `not_found` for a user of whom none of these knows, and then nothing is changed; `busy`, `io`.
ForgetReport forget(const Workspace& workspace, const std::string& user);

}  // namespace medley::engine

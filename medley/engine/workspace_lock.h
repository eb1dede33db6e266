#pragma once

#include "medley/core/file_lock.h"
#include "medley/engine/workspace.h"

#include <string_view>

namespace medley::engine {

/// Makes a process the only one that changes a workspace (`medley.lock` in its folder). Whoever imports,
/// extracts, trains or forgets holds it from the first thing read to the last one written; those who only
/// read need none.
class WorkspaceLock {
 public:
  /// `work` names the holder to a second process, which is refused: throws `busy`, or `io`. Removes the
  /// temporary files that a killed process left in the workspace.
  WorkspaceLock(const Workspace& workspace, std::string_view work);

 private:
  FileLock lock_;
};

}  // namespace medley::engine

#include "medley/engine/workspace_lock.h"

#include "medley/core/file.h"

#include <fmt/format.h>

#include <initializer_list>
#include <system_error>
#include <vector>

namespace medley::engine {
namespace {

namespace fs = std::filesystem;

template <class Entries>
void collect_stale(const Entries& entries, std::vector<fs::path>& stale) {
  for (const auto& entry : entries) {
    if (entry.is_symlink() || !entry.is_regular_file()) continue;
    if (is_stale_temporary(entry.path())) stale.push_back(entry.path());
  }
}

/// Beside medley.toml stand files of others; only those of medley's own names are looked at there.
bool is_own(const Workspace& workspace, const fs::path& path) {
  const auto name = path.filename().string();
  return name.starts_with(workspace.quarantine().filename().string() + ".") ||
         name.starts_with("medley.toml.");
}

void remove_stale_temporaries(const Workspace& workspace) {
  std::vector<fs::path> stale;
  collect_stale(fs::directory_iterator(workspace.folder()), stale);
  std::erase_if(stale, [&](const fs::path& path) { return !is_own(workspace, path); });
  for (const auto& folder : {workspace.models(), workspace.features()}) {
    if (fs::is_directory(folder)) collect_stale(fs::recursive_directory_iterator(folder), stale);
  }
  // One that cannot be removed costs room, nothing else.
  std::error_code ignored;
  for (const auto& path : stale) fs::remove(path, ignored);
}

}  // namespace

WorkspaceLock::WorkspaceLock(const Workspace& workspace, std::string_view work)
    : lock_(workspace.lock(), work) {
  remove_stale_temporaries(workspace);
}

}  // namespace medley::engine

#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace medley {

/// Holds a lock file for as long as the object lives (flock). The operating system gives it back when the
/// process ends, however it ends, so that a lock is never left behind; the file stays. Processes of one
/// machine exclude each other; so do two objects of one process.
class FileLock {
 public:
  /// Makes the file where there is none and writes into it who holds it: `holder` and the process's number.
  /// Throws `busy`, naming `path` and the present holder, where the lock is held already; `io`.
  FileLock(const std::filesystem::path& path, std::string_view holder);
  ~FileLock();
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;

 private:
  int file_ = -1;
};

}  // namespace medley

#include "medley/core/file_lock.h"

#include "medley/core/error.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

namespace medley {
namespace {

/// What the holder wrote, or "another process" where it has not come to that.
std::string holder_of(int file) {
  std::array<char, 200> text{};
  const auto size = ::pread(file, text.data(), text.size(), 0);
  std::string holder(text.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
  holder.erase(std::min(holder.find('\n'), holder.size()));
  return holder.empty() ? "another process" : holder;
}

}  // namespace

FileLock::FileLock(const std::filesystem::path& path, std::string_view holder) {
  // Neither a named pipe that waits for its other end nor a link to elsewhere is a lock of ours.
  file_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW, 0666);
  if (file_ < 0) fail(ErrorCode::io, "cannot write '{}': {}", path.string(), std::strerror(errno));
  if (::flock(file_, LOCK_EX | LOCK_NB) != 0) {
    const int why = errno;
    const auto present = holder_of(file_);
    ::close(file_);
    if (why != EWOULDBLOCK) fail(ErrorCode::io, "cannot lock '{}': {}", path.string(), std::strerror(why));
    fail(ErrorCode::busy, "{} holds '{}'; wait until it has ended", present, path.string());
  }
  // Only the message of a second process needs the name: a full disk must not keep the first one from its
  // work.
  const auto text = fmt::format("{} (process {})\n", holder, ::getpid());
  if (::ftruncate(file_, 0) == 0) {
    [[maybe_unused]] const auto written = ::pwrite(file_, text.data(), text.size(), 0);
  }
}

FileLock::~FileLock() {
  ::close(file_);
}

}  // namespace medley

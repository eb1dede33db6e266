#include "medley/core/file.h"

#include "medley/core/error.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstring>
#include <utility>

namespace medley {
namespace {

constexpr std::string_view kTemporary = ".tmp";

/// Opens for reading and returns the descriptor; `size` gets the file's length.
int open_regular(const std::filesystem::path& path, std::size_t& size) {
  // O_NONBLOCK: a named pipe would hold `open` until someone writes to it; it is refused below.
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file < 0) {
    fail(errno == ENOENT ? ErrorCode::not_found : ErrorCode::io, "cannot open '{}': {}", path.string(),
         std::strerror(errno));
  }
  struct stat info{};
  if (::fstat(file, &info) != 0 || !S_ISREG(info.st_mode)) {
    ::close(file);
    fail(ErrorCode::io, "'{}' is not a file", path.string());
  }
  size = static_cast<std::size_t>(info.st_size);
  return file;
}

}  // namespace

bool is_stale_temporary(const std::filesystem::path& path) {
  const auto name = path.filename().string();
  const auto at = name.rfind(kTemporary);
  if (at == std::string::npos || at == 0) return false;
  const auto number = std::string_view(name).substr(at + kTemporary.size());
  pid_t process = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), process);
  if (error != std::errc{} || end != number.data() + number.size() || process <= 0) return false;
  return ::kill(process, 0) != 0 && errno == ESRCH;
}

AtomicFile::AtomicFile(std::filesystem::path path) : path_(std::move(path)) {
  temporary_ = path_;
  temporary_ += std::string(kTemporary) + std::to_string(::getpid());
  file_ = std::fopen(temporary_.c_str(), "wb");
  if (file_ == nullptr) fail(ErrorCode::io, "cannot write '{}': {}", path_.string(), std::strerror(errno));
}

AtomicFile::~AtomicFile() {
  if (file_ == nullptr) return;
  std::fclose(file_);
  ::unlink(temporary_.c_str());
}

void AtomicFile::write(const void* data, std::size_t size) {
  if (size == 0) return;  // the data of an empty vector is null, which fwrite may not be given
  if (std::fwrite(data, 1, size, file_) != size) {
    fail(ErrorCode::io, "cannot write '{}': {}", path_.string(), std::strerror(errno));
  }
  position_ += size;
}

void AtomicFile::commit() {
  const bool flushed = std::fflush(file_) == 0 && ::fsync(::fileno(file_)) == 0;
  const int flush_error = errno;
  const bool closed = std::fclose(std::exchange(file_, nullptr)) == 0;
  if (!flushed || !closed || ::rename(temporary_.c_str(), path_.c_str()) != 0) {
    const int why = flushed ? errno : flush_error;
    ::unlink(temporary_.c_str());
    fail(ErrorCode::io, "cannot write '{}': {}", path_.string(), std::strerror(why));
  }
}

MappedFile::MappedFile(const std::filesystem::path& path) {
  const int file = open_regular(path, size_);
  if (size_ > 0) {
    void* map = ::mmap(nullptr, size_, PROT_READ, MAP_PRIVATE, file, 0);
    const int why = errno;
    ::close(file);
    if (map == MAP_FAILED) fail(ErrorCode::io, "cannot map '{}': {}", path.string(), std::strerror(why));
    data_ = map;
  } else {
    ::close(file);
  }
}

MappedFile::~MappedFile() {
  if (data_ != nullptr) ::munmap(const_cast<void*>(data_), size_);
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  return *this;
}

void MappedFile::copy(std::size_t at, std::span<std::byte> to) const {
  require(at <= size_ && to.size() <= size_ - at, "{} bytes from byte {} of a file of {}", to.size(), at,
          size_);
  constexpr std::size_t kStep = std::size_t{1} << 20;  // a whole number of pages
  auto* const map = static_cast<std::byte*>(const_cast<void*>(data_));
  for (std::size_t done = 0; done < to.size();) {
    // Up to the next multiple of a step, so that whole pages are behind.
    const auto step = std::min(kStep - (at + done) % kStep, to.size() - done);
    std::memcpy(to.data() + done, map + at + done, step);
    done += step;
    // Advice: where it is not taken, the pages stay as long as the map.
    const auto end = at + done;
    ::madvise(map + (end - 1) / kStep * kStep, (end - 1) % kStep + 1, MADV_DONTNEED);
  }
}

std::string read_file(const std::filesystem::path& path, std::uint64_t max_bytes) {
  std::size_t size = 0;
  const int file = open_regular(path, size);
  std::string out;
  if (size > max_bytes) {
    ::close(file);
    fail(ErrorCode::limit, "'{}' has {} bytes, the limit is {}", path.string(), size, max_bytes);
  }
  out.resize(size);
  std::size_t done = 0;
  while (done < size) {
    const auto got = ::read(file, out.data() + done, size - done);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    done += static_cast<std::size_t>(got);
  }
  ::close(file);
  if (done < size)
    fail(ErrorCode::io, "cannot read '{}': it ended at byte {} of {}", path.string(), done, size);
  return out;
}

void write_file(const std::filesystem::path& path, std::string_view text) {
  AtomicFile file(path);
  file.write(text);
  file.commit();
}

}  // namespace medley

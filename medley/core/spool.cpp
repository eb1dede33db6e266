#include "medley/core/spool.h"

#include "medley/core/error.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>
#include <system_error>
#include <utility>

namespace medley {
namespace {

[[noreturn]] void refuse(const char* what, const std::string& path) {
  fail(ErrorCode::io, "cannot {} the temporary file '{}' (TMPDIR names another folder): {}", what, path,
       std::strerror(errno));
}

std::filesystem::path temporary_folder() {
  std::error_code error;
  const auto folder = std::filesystem::temp_directory_path(error);
  if (error)
    fail(ErrorCode::io, "there is no folder for temporary files, which TMPDIR names: {}", error.message());
  return folder;
}

[[noreturn]] void refuse_write(std::uint64_t size) {
  const auto why = errno;
  fail(ErrorCode::io,
       "cannot write a temporary file of more than {} bytes in '{}' (TMPDIR names another folder): {}", size,
       temporary_folder().string(), std::strerror(why));
}

/// In the folder for temporary files; its name is gone before anything is written.
std::FILE* nameless_file() {
  const auto folder = temporary_folder();
  auto path = (folder / "medley-XXXXXX").string();
  const int descriptor = ::mkostemp(path.data(), O_CLOEXEC);
  if (descriptor < 0) refuse("make", path);
  ::unlink(path.c_str());
  auto* const file = ::fdopen(descriptor, "w+b");
  if (file == nullptr) {
    ::close(descriptor);
    refuse("open", path);
  }
  return file;
}

}  // namespace

Spool::~Spool() {
  if (file_ != nullptr) std::fclose(file_);
}

Spool::Spool(Spool&& other) noexcept : in_memory_(other.in_memory_) {
  *this = std::move(other);
}

Spool& Spool::operator=(Spool&& other) noexcept {
  std::swap(in_memory_, other.in_memory_);
  std::swap(bytes_, other.bytes_);
  std::swap(file_, other.file_);
  std::swap(size_, other.size_);
  return *this;
}

void Spool::write_bytes(std::span<const std::byte> bytes) {
  if (bytes.empty()) return;
  if (file_ == nullptr && bytes.size() > in_memory_ - bytes_.size()) {
    file_ = nameless_file();
    const auto kept = std::exchange(bytes_, {});
    if (!kept.empty() && std::fwrite(kept.data(), 1, kept.size(), file_) != kept.size()) refuse_write(size_);
  }
  if (file_ == nullptr && bytes_.empty()) bytes_.reserve(in_memory_);  // what is not filled costs nothing
  if (file_ == nullptr)
    bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
  else if (std::fwrite(bytes.data(), 1, bytes.size(), file_) != bytes.size())
    refuse_write(size_);
  size_ += bytes.size();
}

void Spool::read_bytes(std::uint64_t at, std::span<std::byte> bytes) const {
  require(at <= size_ && bytes.size() <= size_ - at, "{} bytes from byte {}, and {} were written",
          bytes.size(), at, size_);
  if (file_ == nullptr) {
    std::copy_n(bytes_.begin() + static_cast<std::ptrdiff_t>(at), bytes.size(), bytes.begin());
    return;
  }
  // What is not written yet: a full disk shows here at the latest.
  if (std::fflush(file_) != 0) refuse_write(size_);
  for (std::size_t done = 0; done < bytes.size();) {
    const auto got =
        ::pread(::fileno(file_), bytes.data() + done, bytes.size() - done, static_cast<off_t>(at + done));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0)
      fail(ErrorCode::io, "cannot read a temporary file at byte {}: {}", at + done,
           got == 0 ? "it ends there" : std::strerror(errno));
    done += static_cast<std::size_t>(got);
  }
}

}  // namespace medley

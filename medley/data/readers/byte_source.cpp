#include "medley/data/readers/byte_source.h"

#include "medley/core/error.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstring>
#include <utility>

namespace medley::data {
namespace {

constexpr std::size_t kHeadBytes = 4096;

class FileSource final : public ByteSource {
 public:
  explicit FileSource(const std::filesystem::path& path) : name_(path.string()) {
    // O_NONBLOCK: a named pipe would hold `open` until someone writes to it; it is refused below.
    file_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file_ < 0) {
      fail(errno == ENOENT ? ErrorCode::not_found : ErrorCode::io, "cannot open '{}': {}", name_,
           std::strerror(errno));
    }
    struct stat info{};
    if (::fstat(file_, &info) != 0 || !S_ISREG(info.st_mode)) {
      const bool folder = S_ISDIR(info.st_mode);
      ::close(file_);
      fail(ErrorCode::io, "'{}' is {}, a file is needed", name_, folder ? "a folder" : "not a file");
    }
  }
  ~FileSource() override { ::close(file_); }
  FileSource(const FileSource&) = delete;
  FileSource& operator=(const FileSource&) = delete;

  std::size_t read(char* into, std::size_t size) override {
    for (;;) {
      const auto got = ::read(file_, into, size);
      if (got >= 0) return static_cast<std::size_t>(got);
      if (errno != EINTR) fail(ErrorCode::io, "cannot read '{}': {}", name_, std::strerror(errno));
    }
  }
  const std::string& name() const override { return name_; }

 private:
  std::string name_;
  int file_ = -1;
};

class MemorySource final : public ByteSource {
 public:
  MemorySource(std::string_view bytes, std::string name) : bytes_(bytes), name_(std::move(name)) {}

  std::size_t read(char* into, std::size_t size) override {
    const auto part = bytes_.substr(0, size);
    std::copy(part.begin(), part.end(), into);
    bytes_.remove_prefix(part.size());
    return part.size();
  }
  const std::string& name() const override { return name_; }

 private:
  std::string_view bytes_;
  std::string name_;
};

}  // namespace

std::unique_ptr<ByteSource> open_file(const std::filesystem::path& path) {
  return std::make_unique<FileSource>(path);
}

std::unique_ptr<ByteSource> open_memory(std::string_view bytes, std::string name) {
  return std::make_unique<MemorySource>(bytes, std::move(name));
}

Encoding parse_encoding(std::string_view name) {
  std::string key;
  for (const char c : name) {
    if (c != '-' && c != '_') key += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  if (key == "utf8") return Encoding::utf8;
  if (key == "latin1" || key == "iso88591") return Encoding::latin1;
  fail(ErrorCode::invalid_argument, "encoding must be utf-8 or latin-1, got '{}'", name);
}

TextSource::TextSource(std::unique_ptr<ByteSource> source, Encoding encoding)
    : source_(std::move(source)), encoding_(encoding) {
  head_.resize(kHeadBytes);
  std::size_t got = 0;
  while (got < kHeadBytes) {
    const auto more = source_->read(head_.data() + got, kHeadBytes - got);
    if (more == 0) break;
    got += more;
  }
  head_.resize(got);
  if (head_.starts_with("\xFF\xFE") || head_.starts_with("\xFE\xFF")) {
    fail(ErrorCode::corrupt_data,
         "'{}' starts with a UTF-16 byte order mark; save it as UTF-8 (iconv -f UTF-16 -t UTF-8)", name());
  }
  if (head_.starts_with("\xEF\xBB\xBF")) {
    if (encoding_ == Encoding::latin1) {
      fail(ErrorCode::corrupt_data, "'{}' starts with a UTF-8 byte order mark, but encoding is latin-1",
           name());
    }
    head_.erase(0, 3);
    position_ = 3;
  }
  if (const auto nul = head_.find('\0'); nul != std::string::npos) {
    const auto line = 1 + std::count(head_.begin(), head_.begin() + static_cast<std::ptrdiff_t>(nul), '\n');
    fail(ErrorCode::corrupt_data, "'{}' is not a text file: line {} holds a NUL byte", name(), line);
  }
}

void TextSource::add(std::string& out, std::string_view bytes) const {
  if (encoding_ == Encoding::utf8) {
    out.append(bytes);
    return;
  }
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      out += c;
    } else {
      out += static_cast<char>(0xC0 | (byte >> 6));
      out += static_cast<char>(0x80 | (byte & 0x3F));
    }
  }
}

bool TextSource::append(std::string& out, std::size_t size) {
  if (!head_.empty()) {
    add(out, head_);
    position_ += static_cast<std::int64_t>(head_.size());
    head_.clear();
    return true;
  }
  chunk_.resize(size);
  const auto got = source_->read(chunk_.data(), size);
  add(out, std::string_view(chunk_).substr(0, got));
  position_ += static_cast<std::int64_t>(got);
  return got > 0;
}

}  // namespace medley::data

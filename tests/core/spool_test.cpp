#include "medley/core/spool.h"

#include "medley/core/error.h"

#include <gmock/gmock.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <numeric>
#include <vector>

using namespace medley;

namespace {

std::vector<std::int32_t> numbers(std::int32_t first, std::size_t count) {
  std::vector<std::int32_t> out(count);
  std::iota(out.begin(), out.end(), first);
  return out;
}

void write(Spool& spool, const std::vector<std::int32_t>& values) {
  spool.write(std::span(values));
}

std::vector<std::int32_t> read(const Spool& spool, std::size_t first, std::size_t count) {
  std::vector<std::int32_t> out(count);
  spool.read(first * sizeof(std::int32_t), std::span(out));
  return out;
}

/// Sets an environment variable, and what it was afterwards.
class TemporaryFolder {
 public:
  explicit TemporaryFolder(const char* folder) {
    if (const char* was = std::getenv("TMPDIR")) was_ = was;
    ::setenv("TMPDIR", folder, 1);
  }
  ~TemporaryFolder() {
    if (was_.empty())
      ::unsetenv("TMPDIR");
    else
      ::setenv("TMPDIR", was_.c_str(), 1);
  }

 private:
  std::string was_;
};

TEST(Spool, gives_back_what_was_written_in_memory_and_beyond) {
  for (const std::size_t in_memory : {std::size_t{0}, std::size_t{40}, std::size_t{1} << 20}) {
    SCOPED_TRACE(in_memory);
    Spool spool(in_memory);
    write(spool, numbers(0, 7));
    write(spool, {});
    write(spool, numbers(7, 5000));
    EXPECT_EQ(spool.size(), 5007 * sizeof(std::int32_t));
    EXPECT_EQ(read(spool, 0, 5007), numbers(0, 5007));
    EXPECT_EQ(read(spool, 5, 4), numbers(5, 4));
    write(spool, numbers(5007, 3));  // after a reading
    EXPECT_EQ(read(spool, 5004, 6), numbers(5004, 6));
    EXPECT_TRUE(read(spool, 5010, 0).empty());
    EXPECT_THROW(read(spool, 5010, 1), Error);
  }
}

TEST(Spool, moves_with_what_it_holds) {
  Spool in_file(8);
  write(in_file, numbers(0, 100));
  Spool moved(std::move(in_file));
  EXPECT_EQ(read(moved, 0, 100), numbers(0, 100));
  Spool assigned;
  assigned = std::move(moved);
  EXPECT_EQ(read(assigned, 98, 2), numbers(98, 2));
}

TEST(Spool, leaves_no_file_in_the_folder) {
  const auto folder = std::filesystem::temp_directory_path() / ("spool" + std::to_string(::getpid()));
  std::filesystem::create_directory(folder);
  const TemporaryFolder here(folder.c_str());
  Spool spool(0);
  write(spool, numbers(0, 10));
  EXPECT_TRUE(std::filesystem::is_empty(folder));
  std::filesystem::remove(folder);
}

TEST(Spool, says_where_no_file_can_be_made) {
  const TemporaryFolder nowhere("/proc/nowhere");
  Spool small;
  write(small, numbers(0, 10));  // needs none
  EXPECT_EQ(read(small, 0, 10), numbers(0, 10));
  Spool spool(0);
  try {
    write(spool, numbers(0, 10));
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::io);
    EXPECT_THAT(error.what(), testing::HasSubstr("folder for temporary files"));
  }
}

TEST(Spool, says_that_the_disk_is_full) {
  // A limit on the size of files stands for the disk.
  ::rlimit was{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &was), 0);
  ::rlimit small = was;
  small.rlim_cur = 4096;
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
  ErrorCode code{};
  try {
    Spool spool(0);
    for (int k = 0; k < 100; ++k) write(spool, numbers(0, 1000));
    read(spool, 0, 1);
  } catch (const Error& error) {
    code = error.code();
    EXPECT_THAT(error.what(), testing::HasSubstr("TMPDIR"));
  }
  ::setrlimit(RLIMIT_FSIZE, &was);
  std::signal(SIGXFSZ, handler);
  EXPECT_EQ(code, ErrorCode::io);
}

}  // namespace

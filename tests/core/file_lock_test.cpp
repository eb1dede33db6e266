#include "medley/core/file_lock.h"

#include "medley/core/error.h"
#include "medley/core/file.h"

#include <gmock/gmock.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <optional>

using namespace medley;
using testing::HasSubstr;
namespace fs = std::filesystem;

namespace {

class FileLockTest : public testing::Test {
 protected:
  void SetUp() override { fs::create_directories(folder_); }
  void TearDown() override { fs::remove_all(folder_); }

  std::optional<Error> refusal() const {
    try {
      const FileLock lock(path_, "a second one");
    } catch (const Error& error) {
      return error;
    }
    return std::nullopt;
  }

  const fs::path folder_ = fs::temp_directory_path() / ("medley_lock_" + std::to_string(::getpid()));
  const fs::path path_ = folder_ / "lock";
};

TEST_F(FileLockTest, a_second_holder_is_refused_and_told_who_the_first_is) {
  const FileLock lock(path_, "medley train");
  const auto error = refusal();
  ASSERT_TRUE(error.has_value());
  EXPECT_EQ(error->code(), ErrorCode::busy);
  EXPECT_THAT(error->what(), HasSubstr("medley train (process " + std::to_string(::getpid()) + ")"));
  EXPECT_THAT(error->what(), HasSubstr(path_.string()));
}

TEST_F(FileLockTest, is_free_again_when_its_holder_is_gone) {
  {
    const FileLock lock(path_, "a longer name than the next one");
  }
  {
    const FileLock lock(path_, "short");
  }
  EXPECT_EQ(read_file(path_, 200), "short (process " + std::to_string(::getpid()) + ")\n");
  EXPECT_FALSE(refusal().has_value());
}

TEST_F(FileLockTest, is_given_back_by_a_killed_process) {
  int ready[2];
  ASSERT_EQ(::pipe(ready), 0);
  const auto child = ::fork();
  if (child == 0) {
    const FileLock lock(path_, "the child");
    [[maybe_unused]] const auto told = ::write(ready[1], "x", 1);
    ::pause();
    ::_exit(0);
  }
  char byte = 0;
  ASSERT_EQ(::read(ready[0], &byte, 1), 1);
  const auto error = refusal();
  ASSERT_TRUE(error.has_value());
  EXPECT_THAT(error->what(), HasSubstr("the child (process " + std::to_string(child) + ")"));
  ::kill(child, SIGKILL);
  ASSERT_EQ(::waitpid(child, nullptr, 0), child);
  EXPECT_FALSE(refusal().has_value());
  ::close(ready[0]);
  ::close(ready[1]);
}

TEST_F(FileLockTest, refuses_a_place_where_no_file_can_be) {
  EXPECT_THROW(FileLock(folder_ / "no" / "lock", "x"), Error);
  EXPECT_THROW(FileLock(folder_, "x"), Error);
  fs::create_symlink(folder_ / "elsewhere", folder_ / "link");
  EXPECT_THROW(FileLock(folder_ / "link", "x"), Error);
  EXPECT_FALSE(fs::exists(folder_ / "elsewhere"));
}

}  // namespace

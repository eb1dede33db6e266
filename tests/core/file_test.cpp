#include "medley/core/file.h"

#include "medley/core/error.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <utility>

using namespace medley;
namespace fs = std::filesystem;

namespace {

class File : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("medley_file_" + std::to_string(::getpid()));
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::size_t count() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder_), {}));
  }

  fs::path folder_;
};

TEST_F(File, committed_text_reads_back) {
  write_file(folder_ / "a", "one\ntwo");
  EXPECT_EQ(read_file(folder_ / "a", 100), "one\ntwo");
  EXPECT_EQ(MappedFile(folder_ / "a").text(), "one\ntwo");
  EXPECT_EQ(count(), 1u);
}

TEST_F(File, without_commit_the_old_one_stays_and_nothing_is_left) {
  write_file(folder_ / "a", "old");
  {
    AtomicFile file(folder_ / "a");
    file.write("new");
  }
  EXPECT_EQ(read_file(folder_ / "a", 100), "old");
  EXPECT_EQ(count(), 1u);
}

TEST_F(File, nothing_can_be_written_without_data_to_point_at) {
  AtomicFile file(folder_ / "a");
  file.write(nullptr, 0);
  file.commit();
  EXPECT_EQ(read_file(folder_ / "a", 100), "");
}

TEST_F(File, a_full_disk_is_an_error_that_names_the_file) {
  if (!fs::exists("/dev/full")) GTEST_SKIP() << "no /dev/full here";
  fs::create_symlink("/dev/full", folder_ / ("a.tmp" + std::to_string(::getpid())));
  try {
    AtomicFile file(folder_ / "a");
    file.write(std::string(1 << 20, 'x'));
    file.commit();
    FAIL() << "did not throw";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::io);
    EXPECT_NE(std::string(error.what()).find("No space left"), std::string::npos) << error.what();
  }
  EXPECT_FALSE(fs::exists(folder_ / "a"));
}

TEST_F(File, refuses_what_is_missing_a_folder_or_too_large) {
  EXPECT_THROW(MappedFile(folder_ / "none"), Error);
  EXPECT_THROW(MappedFile{folder_}, Error);
  EXPECT_THROW(AtomicFile(folder_ / "no" / "a"), Error);
  write_file(folder_ / "a", "12345");
  EXPECT_THROW(read_file(folder_ / "a", 4), Error);
  ASSERT_EQ(::mkfifo((folder_ / "pipe").c_str(), 0600), 0);
  EXPECT_THROW(MappedFile(folder_ / "pipe"), Error) << "and does not wait for its other end";
  EXPECT_THROW(read_file(folder_ / "pipe", 4), Error);
  write_file(folder_ / "empty", "");
  EXPECT_EQ(MappedFile(folder_ / "empty").text(), "");
}

TEST_F(File, copies_any_part_of_a_map_and_can_do_so_again) {
  std::string text(3'500'000, ' ');
  for (std::size_t i = 0; i < text.size(); ++i) text[i] = static_cast<char>('a' + i * 7919 % 26);
  write_file(folder_ / "a", text);
  const MappedFile file(folder_ / "a");
  const std::size_t step = std::size_t{1} << 20;
  for (const auto& [at, size] : {std::pair<std::size_t, std::size_t>{0, text.size()},
                                 {0, 0},
                                 {text.size(), 0},
                                 {5, 100},
                                 {step - 1, 2},
                                 {step, step},
                                 {128, 2 * step}}) {
    std::string got(size, '?');
    file.copy(at, std::as_writable_bytes(std::span(got)));
    EXPECT_EQ(got, text.substr(at, size)) << at << " " << size;
  }
  EXPECT_EQ(file.text(), text) << "the map is as it was";
  std::string beyond(2, '?');
  EXPECT_THROW(file.copy(text.size() - 1, std::as_writable_bytes(std::span(beyond))), Error);
}

TEST_F(File, the_temporary_file_of_a_killed_process_is_told_from_that_of_a_living_one) {
  const auto child = ::fork();
  if (child == 0) {
    AtomicFile file(folder_ / "a");
    ::kill(::getpid(), SIGKILL);
  }
  ASSERT_EQ(::waitpid(child, nullptr, 0), child);
  const auto left = folder_ / ("a.tmp" + std::to_string(child));
  EXPECT_TRUE(fs::exists(left));
  EXPECT_TRUE(is_stale_temporary(left));
  EXPECT_FALSE(is_stale_temporary(folder_ / ("a.tmp" + std::to_string(::getpid()))));
  for (const auto* name : {"a.tmp", "a.tmpx", "a.tmp1x", "a.tmp-5", "a.tmp99999999999", ".tmp5", "a"})
    EXPECT_FALSE(is_stale_temporary(folder_ / name)) << name;
}

}  // namespace

#include "tests/data/readers/recorder.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

using namespace medley::data;
using testing::HasSubstr;

namespace {

TEST(Detect, a_folder_is_known_by_what_it_holds) {
  {
    TempFolder folder;
    folder.write("a.inter", "user_id:token\titem_id:token\n");
    EXPECT_EQ(detect_format(folder.path()), "recbole");
  }
  {
    TempFolder folder;
    const auto file = folder.write("a.inter", "userID\titemID\tx_label\n");
    EXPECT_EQ(detect_format(folder.path()), "mmrec");
    EXPECT_EQ(detect_format(file), "mmrec");
  }
  {
    TempFolder folder;
    folder.write("train.txt", "0 1\n");
    folder.write("test.txt", "0 2\n");
    EXPECT_EQ(detect_format(folder.path()), "lightgcn");
  }
  for (const char* name : {"ratings.csv", "ratings.dat", "u.data"}) {
    TempFolder folder;
    const auto file = folder.write(name, "x");
    EXPECT_EQ(detect_format(folder.path()), "movielens");
    EXPECT_EQ(detect_format(file), "movielens");
  }
  {
    TempFolder folder;
    folder.write("ratings.csv", "x");
    EXPECT_EQ(detect_format(folder.write("u.data", "x")), "movielens");
    EXPECT_EQ(detect_format(folder.write("other.csv", "x")), "csv");
  }
  TempFolder folder;
  const auto file = folder.write("log.csv", "user,item\n");
  EXPECT_EQ(detect_format(folder.path()), "csv");
  EXPECT_EQ(detect_format(file), "csv");
}

TEST(Detect, a_folder_of_nothing_known_and_a_missing_one_are_named) {
  TempFolder folder;
  EXPECT_THAT(error_of([&] { detect_format(folder.path()); }), HasSubstr("holds no data set that is known"));
  EXPECT_THAT(error_of([&] { detect_format(folder.path() / "gone"); }), HasSubstr("gone' is not there"));
}

TEST(Detect, knows_the_benchmark_folders) {
  const char* data = std::getenv("MEDLEY_DATA");
  if (data == nullptr) GTEST_SKIP() << "MEDLEY_DATA is not set";
  const std::filesystem::path root = data;
  EXPECT_EQ(detect_format(root / "tiktok"), "mmrec");
  EXPECT_EQ(detect_format(root / "baby"), "mmrec");
  EXPECT_EQ(detect_format(root / "lastfm"), "lightgcn");
  EXPECT_EQ(detect_format(root / "ml-100k"), "recbole");
  EXPECT_EQ(detect_format(root / "movies"), "movielens");
}

}  // namespace

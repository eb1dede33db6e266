#include "medley/data/writers/export_folder.h"

#include "medley/core/error.h"
#include "medley/core/file.h"

#include "../temp_folder.h"
#include <gmock/gmock.h>

using namespace medley;
using namespace medley::data;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::UnorderedElementsAre;

namespace {

std::vector<std::string> names_in(const std::filesystem::path& folder) {
  std::vector<std::string> out;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    out.push_back(entry.path().filename());
  return out;
}

void write_export(const std::filesystem::path& target, const std::string& file, bool overwrite = false) {
  ExportFolder folder(target, overwrite);
  write_file(folder.path(file), "x\n");
  folder.add(file, 1);
  folder.commit("medley export --format test");
}

std::string refusal(const std::filesystem::path& target, bool overwrite) {
  try {
    ExportFolder folder(target, overwrite);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST(ExportFolder, appears_whole_with_a_list_of_its_files) {
  TempFolder temp;
  const auto target = temp.path() / "a" / "out";
  ExportFolder folder(target, false);
  EXPECT_EQ(folder.name(), "out");
  write_file(folder.path("x.csv"), "1\n2\n");
  folder.add("x.csv", 2);
  EXPECT_FALSE(std::filesystem::exists(target));
  folder.commit("medley export --format csv");
  EXPECT_THAT(names_in(target), UnorderedElementsAre("x.csv", "medley-export.txt"));
  EXPECT_EQ(read_file(target / "medley-export.txt", 1000),
            "medley export --format csv\nfile\trows\tbytes\nx.csv\t2\t4\n");
  EXPECT_THAT(names_in(target.parent_path()), ElementsAre("out"));
}

TEST(ExportFolder, leaves_nothing_behind_without_a_commit) {
  TempFolder temp;
  {
    ExportFolder folder(temp.path() / "out", false);
    write_file(folder.path("x"), "half");
  }
  EXPECT_TRUE(names_in(temp.path()).empty());
}

TEST(ExportFolder, takes_an_empty_folder_and_a_slash_behind_the_name) {
  TempFolder temp;
  std::filesystem::create_directory(temp.path() / "out");
  write_export((temp.path() / "out").string() + "/", "x");
  EXPECT_THAT(names_in(temp.path() / "out"), UnorderedElementsAre("x", "medley-export.txt"));
}

TEST(ExportFolder, refuses_what_is_there_and_replaces_only_an_export) {
  TempFolder temp;
  const auto target = temp.path() / "out";
  write_export(target, "old");
  EXPECT_THAT(refusal(target, false), HasSubstr("--overwrite replaces the export"));
  write_export(target, "new", true);
  EXPECT_THAT(names_in(target), UnorderedElementsAre("new", "medley-export.txt"));
  EXPECT_THAT(names_in(temp.path()), ElementsAre("out"));

  temp.write("out/mine.txt", "precious");
  EXPECT_THAT(refusal(target, true), HasSubstr("'mine.txt', which no export wrote"));
  temp.write("other/mine.txt", "precious");
  EXPECT_THAT(refusal(temp.path() / "other", false), HasSubstr("name another one"));
  EXPECT_THAT(refusal(temp.path() / "other", true), HasSubstr("mine.txt"));
  EXPECT_THAT(refusal(temp.path() / "other" / "mine.txt", true), HasSubstr("is no folder"));
  EXPECT_EQ(read_file(temp.path() / "other" / "mine.txt", 100), "precious");
}

TEST(ExportFolder, removes_what_a_killed_process_left_and_nothing_else) {
  TempFolder temp;
  temp.write("out.tmp99999999/half", "x");  // no process has such a number
  temp.write("out.tmp1/at_work", "x");      // process 1 is there
  temp.write("other.tmp99999999/half", "x");
  write_export(temp.path() / "out", "x");
  EXPECT_THAT(names_in(temp.path()), UnorderedElementsAre("out", "out.tmp1", "other.tmp99999999"));
}

TEST(ExportFolder, refuses_names_that_are_no_file_names) {
  TempFolder temp;
  ExportFolder folder(temp.path() / "out", false);
  for (const char* name : {"", "..", "a/b", "a\tb", "medley-export.txt"})
    EXPECT_THROW(folder.path(name), Error);
}

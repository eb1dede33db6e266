#include "medley/engine/workspace.h"

#include "medley/core/error.h"
#include "medley/core/file.h"

#include <gtest/gtest.h>
#include <unistd.h>

using namespace medley;
namespace fs = std::filesystem;

namespace {

class WorkspaceTest : public testing::Test {
 protected:
  void SetUp() override { fs::remove_all(folder_); }
  void TearDown() override { fs::remove_all(folder_); }
  const fs::path folder_ = fs::temp_directory_path() / ("medley_workspace_" + std::to_string(::getpid()));
};

TEST_F(WorkspaceTest, is_made_once_and_opened_with_the_defaults) {
  engine::Workspace::create(folder_ / "new");
  EXPECT_THROW(engine::Workspace::create(folder_ / "new"), Error);
  const engine::Workspace workspace(folder_ / "new");
  EXPECT_EQ(workspace.config().model, "graph_filter");
  EXPECT_EQ(workspace.model("ease"), folder_ / "new" / "models" / "ease.medley");
}

TEST_F(WorkspaceTest, a_folder_without_medley_toml_says_init) {
  try {
    const engine::Workspace workspace(folder_);
    FAIL();
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("medley init"), std::string::npos);
  }
}

TEST_F(WorkspaceTest, a_model_name_cannot_leave_the_folder) {
  engine::Workspace::create(folder_);
  const engine::Workspace workspace(folder_);
  EXPECT_THROW(workspace.model("../x"), Error);
  EXPECT_THROW(workspace.model(""), Error);
}

TEST_F(WorkspaceTest, owns_its_four_folders_and_what_lies_in_them) {
  engine::Workspace::create(folder_);
  const engine::Workspace workspace(folder_);
  for (const auto* name : {"models", "runs/a/b", "features/", "cache/x", "./models", "a/../runs"})
    EXPECT_TRUE(workspace.owns(folder_ / name)) << name;
  for (const auto* name : {"", "export", "models2", "models/../x", "..", "../models"})
    EXPECT_FALSE(workspace.owns(folder_ / name)) << name;
}

}  // namespace

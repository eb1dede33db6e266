#include "medley/engine/workspace_lock.h"

#include "medley/core/error.h"

#include "tests/engine/small_world.h"
#include <gmock/gmock.h>

using namespace medley;
using namespace medley::engine;
using namespace medley::engine::test;
using ::testing::HasSubstr;

namespace {

/// The number of a process that has ended.
int ended_process() {
  const auto child = ::fork();
  if (child == 0) ::_exit(0);
  EXPECT_EQ(::waitpid(child, nullptr, 0), child);
  return child;
}

}  // namespace

TEST(WorkspaceLock, lets_one_change_a_workspace_at_a_time) {
  const Shop one, other;
  const WorkspaceLock lock(one.workspace(), "medley train");
  const WorkspaceLock elsewhere(other.workspace(), "medley train");
  ErrorCode code{};
  EXPECT_THAT(error_of([&] { WorkspaceLock(one.workspace(), "medley import"); }, &code),
              HasSubstr("medley train (process "));
  EXPECT_EQ(code, ErrorCode::busy);
  EXPECT_EQ(one.workspace().config().model, "graph_filter") << "those who read are let in";
}

TEST(WorkspaceLock, removes_what_a_killed_process_left_half_written_and_nothing_else) {
  const data::TempFolder folder;
  folder.write("medley.toml", "");
  const Workspace workspace(folder.path());
  const auto dead = ".tmp" + std::to_string(ended_process());
  const auto alive = ".tmp" + std::to_string(::getpid());
  for (const std::string name : {"models/ease.medley", "features/words.npy", "quarantine.csv", "notes"}) {
    folder.write(name, "whole");
    folder.write(name + dead, "half");
    folder.write(name + alive, "half");
  }
  const WorkspaceLock lock(workspace, "medley train");
  const auto files = files_below(folder.path());
  for (const std::string name : {"models/ease.medley", "features/words.npy", "quarantine.csv"}) {
    EXPECT_TRUE(files.contains(name)) << name;
    EXPECT_TRUE(files.contains(name + alive)) << name;
    EXPECT_FALSE(files.contains(name + dead)) << name;
  }
  EXPECT_TRUE(files.contains("notes" + dead)) << "not a file of medley's";
}

#include "medley/engine/forget.h"

#include "medley/core/error.h"
#include "medley/engine/recommend.h"

#include "tests/engine/small_world.h"
#include <gmock/gmock.h>

using namespace medley;
using namespace medley::engine;
using namespace medley::engine::test;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

namespace {

const std::string kUser = "ann-1815";

/// A shop in which `kUser` has left traces everywhere: events, a bad row, splits, runs, models.
class ForgetTest : public ::testing::Test {
 protected:
  void SetUp() override {
    shop_.write_events(shop_.events() + kUser + ",p001,2,1800000000\n" + kUser + ",p002,2,1800000001\n" +
                       kUser + ",p003,many,1800000002\nc1,p003,many,1800000003\n");
    shop_.import();
    put("runs/one/report.json", "{\"user\": \"" + kUser + "\"}");
    put("runs/one/of-" + kUser + ".csv", "1");
    put("runs/two/report.json", "{\"user\": \"" + kUser + "0\"}");
    put("runs/two/lists.csv", "user,item\n" + kUser + ",p001\n");
    put("splits/a.train.tsv", kUser + "\tp001\nc1\tp002\n");
    put("splits/a.test.tsv", "c1\tp003\n");
    put("models/old.medley", "bytes that name " + kUser + " and");
    put("models/ease.medley", "bytes that do not");
  }

  void put(const std::string& name, const std::string& text) const {
    const auto path = shop_.path() / name;
    std::filesystem::create_directories(path.parent_path());
    write_file(path, text);
  }

  std::vector<std::string> files_that_name(const std::string& text) const {
    std::vector<std::string> out;
    for (const auto& [name, bytes] : files_below(shop_.path())) {
      if ((name + bytes).find(text) != std::string::npos) out.push_back(name);
    }
    return out;
  }

  const Shop shop_;
};

TEST_F(ForgetTest, leaves_the_id_in_no_file_of_the_workspace) {
  put("runs/two/report.json", "{}");
  ASSERT_GE(files_that_name(kUser).size(), 5u);
  const auto report = forget(shop_.workspace(), kUser);
  EXPECT_THAT(files_that_name(kUser), IsEmpty());
  EXPECT_THAT(report.still_named_in, IsEmpty());
  EXPECT_EQ(report.events, 2);
  EXPECT_EQ(report.quarantine_rows, 1);
  EXPECT_EQ(report.split_rows, 1);
  EXPECT_EQ(report.removed.size(), 4u);
  EXPECT_THAT(report.stale_models, ElementsAre("ease", "old"));
}

TEST_F(ForgetTest, leaves_what_is_of_others) {
  forget(shop_.workspace(), kUser);
  EXPECT_EQ(shop_.dataset().log.events.size(), 84u);
  const auto files = files_below(shop_.path());
  EXPECT_THAT(files.at("quarantine.csv"), HasSubstr("c1,p003,many"));
  EXPECT_EQ(files.at("splits/a.train.tsv"), "c1\tp002\n");
  EXPECT_EQ(files.at("splits/a.test.tsv"), "c1\tp003\n");
  EXPECT_TRUE(files.contains("runs/two/report.json")) << "it names another user, whose id is longer";
  EXPECT_FALSE(files.contains("runs/two/lists.csv"));
  EXPECT_FALSE(std::filesystem::exists(shop_.path() / "runs/one")) << "nothing is left in it";
}

TEST_F(ForgetTest, a_user_never_seen_is_told_apart_and_nothing_is_touched) {
  const auto before = files_below(shop_.path());
  ErrorCode code{};
  EXPECT_THAT(error_of([&] { forget(shop_.workspace(), "ann"); }, &code), HasSubstr("no user 'ann'"));
  EXPECT_EQ(code, ErrorCode::not_found);
  EXPECT_EQ(files_below(shop_.path()), before);
  forget(shop_.workspace(), kUser);
  EXPECT_NE(error_of([&] { forget(shop_.workspace(), kUser); }), "") << "once is enough";
}

TEST_F(ForgetTest, one_who_stands_in_bad_rows_only_is_forgotten_too) {
  shop_.write_events("user,item,value,time\nmallory,p001,many,1\n");
  shop_.import();
  const auto report = forget(shop_.workspace(), "mallory");
  EXPECT_EQ(report.events, 0);
  EXPECT_EQ(report.quarantine_rows, 1);
  EXPECT_FALSE(std::filesystem::exists(shop_.workspace().quarantine()));
}

TEST_F(ForgetTest, what_stands_elsewhere_in_bad_rows_is_no_user) {
  const auto before = files_below(shop_.path());
  for (const auto* text : {"p003", "many", "1800000002", "events.csv", "value"})
    EXPECT_THAT(error_of([&] { forget(shop_.workspace(), text); }), HasSubstr("no user")) << text;
  EXPECT_EQ(files_below(shop_.path()), before);
}

TEST_F(ForgetTest, a_short_id_takes_nothing_of_others_with_it) {
  shop_.write_events(shop_.events() + "7,p001,2,1800000000\nc1,p007,7,never\nc7\n7\n\"7,p001\n");
  shop_.import();
  put("runs/two/metrics.json", "{\"recall@20\": 0.7, \"k\": 7}");
  put("runs/two/report.html", "{\"users\": [\"7\"]}");
  const auto report = forget(shop_.workspace(), "7");
  EXPECT_EQ(report.events, 1);
  EXPECT_EQ(report.quarantine_rows, 2) << "the short row and the one whose quote is open";
  const auto files = files_below(shop_.path());
  EXPECT_THAT(files.at("quarantine.csv"), HasSubstr("c1,p007,7,never"));
  EXPECT_THAT(files.at("quarantine.csv"), HasSubstr(",c7,c7\n"));
  EXPECT_TRUE(files.contains("runs/two/metrics.json"));
  EXPECT_FALSE(files.contains("runs/two/report.html"));
}

TEST_F(ForgetTest, an_empty_id_is_refused_and_changes_nothing) {
  const auto before = files_below(shop_.path());
  EXPECT_THAT(error_of([&] { forget(shop_.workspace(), ""); }), HasSubstr("empty id"));
  EXPECT_EQ(files_below(shop_.path()), before);
}

TEST_F(ForgetTest, goes_through_where_a_bad_row_holds_a_nul) {
  std::string padding;  // near its start a NUL tells a file that is no text
  while (padding.size() < 5000) padding += "c1,p001,2,1800000000\n";
  shop_.write_events(shop_.events() + padding + kUser + ",p001,2,1800000000\nc1,p0" + std::string(1, '\0') +
                     "3,many,1\n");
  EXPECT_EQ(shop_.import().result.bad, 1);
  EXPECT_EQ(forget(shop_.workspace(), kUser).events, 2) << "with the one of the import before";
  EXPECT_THAT(files_below(shop_.path()).at("quarantine.csv"), HasSubstr("holds a NUL"));
}

TEST_F(ForgetTest, names_the_files_that_are_not_its_own_to_change) {
  put("notes.txt", "call " + kUser);
  const auto report = forget(shop_.workspace(), kUser);
  EXPECT_THAT(report.still_named_in, ElementsAre(shop_.path() / "notes.txt"));
  EXPECT_EQ(files_below(shop_.path()).at("notes.txt"), "call " + kUser);
}

TEST(Forget, models_are_refused_until_they_are_fitted_again) {
  const data::TempFolder folder;
  const auto world = two_tastes();
  const auto plugins = builtin_plugins();
  const auto path = folder.path() / "ease.medley";
  {
    const auto model = trained(folder, world, "ease(lambda=5)");
  }
  TrainedModel::mark_stale(path);
  EXPECT_THAT(error_of([&] { TrainedModel(path, plugins.models); }), HasSubstr("has been forgotten since"));
  EXPECT_THAT(error_of([&] { TrainedModel(path, plugins.models); }), HasSubstr("medley train"));
  EXPECT_EQ(error_of([&] { trained(folder, world, "ease(lambda=5)"); }), "");
  EXPECT_EQ(error_of([&] { TrainedModel(path, plugins.models); }), "");
}

}  // namespace

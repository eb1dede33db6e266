#include "medley/engine/experiment_split.h"

#include "tests/engine/small_world.h"
#include <gmock/gmock.h>

using namespace medley;
using namespace medley::engine::test;
using data::Part;
using engine::ExperimentOptions;
using engine::RunSplit;
using ::testing::HasSubstr;

namespace {

RunSplit split_of(const World& world, const ExperimentOptions& options, std::uint64_t seed = 1) {
  std::vector<std::string> notes;
  return engine::make_run_split(world.dataset, options, seed, notes);
}

World labelled(const std::vector<Part>& pattern) {
  auto world = two_tastes();
  for (std::size_t i = 0; i < world.dataset.log.events.size(); ++i)
    world.dataset.log.labels.push_back(pattern[i % pattern.size()]);
  return world;
}

const std::vector<Part> kThreeParts{Part::train, Part::train, Part::train, Part::train,
                                    Part::train, Part::valid, Part::test};

bool share_a_pair(const data::Interactions& a, const data::Interactions& b) {
  for (data::UserId user = 0; user < a.users; ++user) {
    for (const auto item : a.items_of(user)) {
      const auto others = b.items_of(user);
      if (std::find(others.begin(), others.end(), item) != others.end()) return true;
    }
  }
  return false;
}

}  // namespace

TEST(ExperimentSplit, the_labels_of_the_data_are_the_default_else_random) {
  EXPECT_EQ(engine::split_name(two_tastes().dataset, {}), "random");
  EXPECT_EQ(engine::split_name(labelled(kThreeParts).dataset, {}), "labels");
  EXPECT_EQ(engine::split_name(labelled(kThreeParts).dataset, {.split = "item_cold"}), "item_cold");
  EXPECT_EQ(engine::split_name(two_tastes().dataset, {.split_file = "x.csv"}), "file x.csv");
}

TEST(ExperimentSplit, chance_is_in_random_item_cold_and_new_user_alone) {
  const auto world = two_tastes();
  for (const auto* name : {"random", "item_cold", "new_user"})
    EXPECT_TRUE(engine::split_by_chance(world.dataset, {.split = name})) << name;
  for (const auto* name : {"labels", "leave_one_out", "user_time", "global_time"})
    EXPECT_FALSE(engine::split_by_chance(world.dataset, {.split = name})) << name;
  EXPECT_FALSE(engine::split_by_chance(world.dataset, {.split = "random", .split_file = "x.csv"}));
}

TEST(ExperimentSplit, no_two_parts_share_a_pair) {
  const auto world = two_tastes();
  for (const auto* name : {"random", "leave_one_out", "user_time", "item_cold", "new_user"}) {
    const auto split = split_of(world, {.split = name});
    EXPECT_FALSE(share_a_pair(split.train, split.test)) << name;
    EXPECT_FALSE(share_a_pair(split.train, split.choice)) << name;
    EXPECT_FALSE(share_a_pair(split.choice, split.test)) << name;
    EXPECT_FALSE(share_a_pair(split.history, split.test)) << name;
    EXPECT_FALSE(share_a_pair(split.history, split.choice)) << name;
    EXPECT_EQ(split.history.pairs() > 0, std::string(name) == "new_user") << name;
    EXPECT_EQ(split.train.pairs() + split.choice.pairs() + split.test.pairs() + split.history.pairs(), 140)
        << name;
    EXPECT_EQ(split.item_cold, std::string(name) == "item_cold") << name;
  }
}

TEST(ExperimentSplit, new_users_are_asked_about_with_their_history_and_stand_in_no_fit) {
  const auto world = two_tastes();
  const auto split = split_of(world, {.split = "new_user"});
  data::Interactions kept;
  const auto& asked = *split.asked_with(&split.train, kept);
  int users = 0;
  for (data::UserId user = 0; user < split.test.users; ++user) {
    if (split.test.items_of(user).empty() && split.choice.items_of(user).empty()) continue;
    ++users;
    EXPECT_TRUE(split.train.items_of(user).empty());
    EXPECT_TRUE(split.choice_train.items_of(user).empty());
    EXPECT_THAT(asked.items_of(user), ::testing::ElementsAreArray(split.history.items_of(user)));
    EXPECT_THAT(split.test_masked.items_of(user), ::testing::ElementsAreArray(split.history.items_of(user)));
  }
  EXPECT_EQ(users, 4) << "a tenth of twenty for the test, and one for choosing";
  EXPECT_EQ(split.without_past, 0);
  EXPECT_EQ(asked.pairs(), split.train.pairs() + split.history.pairs());
  const auto random = split_of(world, {.split = "random"});
  EXPECT_EQ(random.asked_with(&random.train, kept), &random.train) << "no copy where there is no history";
}

TEST(ExperimentSplit, another_seed_draws_another_split_and_the_same_one_the_same) {
  const auto world = two_tastes();
  EXPECT_EQ(split_of(world, {}, 3).test.by_user.ids, split_of(world, {}, 3).test.by_user.ids);
  EXPECT_NE(split_of(world, {}, 3).test.by_user.ids, split_of(world, {}, 4).test.by_user.ids);
}

TEST(ExperimentSplit, validation_items_stay_candidates_at_the_test_unless_they_are_masked) {
  const auto world = labelled(kThreeParts);
  EXPECT_EQ(split_of(world, {}).test_masked.pairs(), 100);
  const auto masked = split_of(world, {.mask_valid = true});
  EXPECT_EQ(masked.test_masked.pairs(), 120);
  EXPECT_EQ(masked.train.pairs(), 100);
}

TEST(ExperimentSplit, without_a_validation_part_a_tenth_of_train_is_held_out_and_train_stays_whole) {
  const auto world =
      labelled({Part::train, Part::train, Part::train, Part::train, Part::train, Part::train, Part::test});
  const auto split = split_of(world, {});
  EXPECT_TRUE(split.held_out);
  EXPECT_EQ(split.train.pairs(), 120);
  EXPECT_EQ(split.choice.pairs(), 20);
  EXPECT_EQ(split.choice_train.pairs(), 100);
  EXPECT_FALSE(share_a_pair(split.choice_train, split.choice));
  EXPECT_FALSE(split_of(labelled(kThreeParts), {}).held_out);
}

TEST(ExperimentSplit, an_empty_train_or_test_part_is_refused) {
  EXPECT_THAT(error_of([&] { split_of(labelled({Part::train}), {}); }), HasSubstr("nothing to test on"));
  EXPECT_THAT(error_of([&] { split_of(labelled({Part::test}), {}); }), HasSubstr("nothing to train on"));
}

TEST(ExperimentSplit, a_split_file_says_what_it_leaves_unused) {
  const auto world = two_tastes();
  data::TempFolder folder;
  const auto file =
      folder.write("cold.csv", "item,set\na0,test\na1,valid\na2,train\na3,train\na10,test\n").string();
  std::vector<std::string> notes;
  const auto split = engine::make_run_split(world.dataset, {.split_file = file}, 1, notes);
  EXPECT_TRUE(split.item_cold);
  ASSERT_EQ(notes.size(), 1u);
  EXPECT_THAT(notes.front(), HasSubstr("1 rows of the split file have no event"));
  EXPECT_LT(split.train.pairs() + split.choice.pairs() + split.test.pairs(), 140);
}

TEST(ExperimentSplit, the_first_run_is_saved_as_files_that_give_the_same_split_again) {
  const auto world = two_tastes();
  const data::TempFolder folder;
  const auto prefix = (folder.path() / "saved").string();
  const auto drawn = split_of(world, {.save_split = prefix});
  split_of(world, {.save_split = prefix}, 2);  // a later run leaves the files alone
  const auto read = split_of(world, {.split_file = prefix});
  EXPECT_EQ(read.train.by_user.ids, drawn.train.by_user.ids);
  EXPECT_EQ(read.choice.by_user.ids, drawn.choice.by_user.ids);
  EXPECT_EQ(read.test.by_user.ids, drawn.test.by_user.ids);
}

TEST(ExperimentSplit, columns_default_to_the_held_out_items_where_these_are_cold) {
  const auto world = two_tastes();
  const auto cold = split_of(world, {.split = "item_cold"});
  const auto columns = engine::make_columns(world.dataset, world.tables, {}, cold, cold.test);
  ASSERT_EQ(columns.size(), 1u);
  EXPECT_EQ(columns.front().name, "heldout");
  EXPECT_EQ(columns.front().items.size(), 2u);  // a tenth of 20
  for (const auto item : columns.front().items) EXPECT_FALSE(cold.test.users_of(item).empty());
  const auto warm = split_of(world, {});
  EXPECT_EQ(engine::make_columns(world.dataset, world.tables, {}, warm, warm.test).front().name, "all");
}

TEST(ExperimentSplit, has_narrows_the_held_out_items_of_a_cold_split_and_all_items_of_another) {
  const auto world = two_tastes();
  data::TempFolder folder;
  const auto file =
      folder.write("cold.csv", "item,set\na0,test\na9,test\na1,valid\na2,train\na3,train\n").string();
  const ExperimentOptions options{.split_file = file,
                                  .candidates = {"heldout", "has:color", "has:text", "all"}};
  const auto split = split_of(world, options);
  const auto columns = engine::make_columns(world.dataset, world.tables, options, split, split.test);
  EXPECT_EQ(columns[0].items.size(), 2u);
  EXPECT_EQ(columns[1].items.size(), 1u);  // a9 has no picture
  EXPECT_EQ(columns[2].items.size(), 2u);
  EXPECT_EQ(columns[3].items.size(), 20u);
}

TEST(ExperimentSplit, a_file_of_candidates_may_have_windows_line_ends_and_repeat_itself) {
  const auto world = two_tastes();
  data::TempFolder folder;
  const auto split = split_of(world, {});
  const ExperimentOptions options{.candidates = {folder.write("c.txt", "b1\r\na1\r\n\r\nb1").string()}};
  const auto columns = engine::make_columns(world.dataset, world.tables, options, split, split.test);
  EXPECT_EQ(columns.front().items,
            (std::vector<data::ItemId>{*world.dataset.items.find("a1"), *world.dataset.items.find("b1")}));
  const ExperimentOptions empty{.candidates = {folder.write("e.txt", "\n").string()}};
  EXPECT_THAT(error_of([&] { engine::make_columns(world.dataset, world.tables, empty, split, split.test); }),
              HasSubstr("no item at all"));
}

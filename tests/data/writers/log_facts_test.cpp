#include "medley/data/writers/log_facts.h"

#include "export_run.h"
#include <gtest/gtest.h>

using namespace medley;
using namespace medley::data;

namespace {

LogFacts facts(const Dataset& dataset) {
  QuietServices quiet(1);
  return facts_of({.name = "x", .dataset = dataset, .events = ExportRun::stream(dataset.log)}, quiet);
}

}  // namespace

TEST(LogFacts, say_which_columns_a_log_needs) {
  const auto plain = facts(LogBuilder().add("a", "x").add("b", "x").build());
  EXPECT_EQ(plain.events, 2);
  EXPECT_FALSE(plain.any_time());
  EXPECT_FALSE(plain.several_kinds);
  EXPECT_EQ(plain.labelled, 0);
  const auto mixed =
      facts(LogBuilder().add("a", "x", 5, "view").label(Part::test).add("b", "x").label(Part::train).build());
  EXPECT_EQ(mixed.without_time, 1);
  EXPECT_TRUE(mixed.any_time());
  EXPECT_TRUE(mixed.several_kinds);
  EXPECT_EQ(mixed.labelled, 2);
  EXPECT_FALSE(facts(LogBuilder().build()).any_time());
}

TEST(LogFacts, pairs_come_by_user_with_their_place) {
  const auto data = LogBuilder().add("a", "y", 3).add("a", "x", 4).add("b", "x", 5).build();
  const auto pairs = build_interactions(data.log, 2, 2);
  QuietServices quiet(1);
  std::string told;
  each_pair(pairs, quiet, [&](UserId user, ItemId item, std::size_t at) {
    told += data.users.id(user) + data.items.id(item) + std::to_string(pairs.by_user.time[at]) + " ";
  });
  EXPECT_EQ(told, "ay3 ax4 bx5 ");
  EXPECT_TRUE(all_timed(pairs));
  const auto untimed = LogBuilder().add("a", "y", 3).add("a", "x").build();
  EXPECT_FALSE(all_timed(build_interactions(untimed.log, 1, 2)));
}

TEST(LogFacts, stop_where_the_work_is_cancelled) {
  const auto data = ring_log(3, 3, 2);
  QuietServices quiet(1);
  quiet.cancel().set();
  const ExportInput input{.name = "x", .dataset = data, .events = ExportRun::stream(data.log)};
  EXPECT_THROW(facts_of(input, quiet), Error);
  EXPECT_THROW(each_event(input, 6, quiet, [](const Event&, std::optional<Part>) {}), Error);
}

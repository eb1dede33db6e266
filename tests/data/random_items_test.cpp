#include "medley/data/random_items.h"

#include "medley/core/error.h"

#include "log_builder.h"
#include <gmock/gmock.h>

#include <algorithm>

using namespace medley;
using namespace medley::data;
using testing::ElementsAre;

namespace {

Interactions pairs_of(const Dataset& data) {
  return build_interactions(data.log, data.user_count(), data.item_count());
}

/// The pairs of `changed` that are none of `log`.
std::vector<std::pair<UserId, ItemId>> new_pairs(const Interactions& log, const Interactions& changed) {
  std::vector<std::pair<UserId, ItemId>> out;
  for (UserId user = 0; user < log.users; ++user) {
    for (const auto item : changed.items_of(user)) {
      if (!std::ranges::binary_search(log.items_of(user), item)) out.emplace_back(user, item);
    }
  }
  return out;
}

/// The pairs of `log` that are gone from `changed`.
std::vector<std::pair<UserId, ItemId>> lost_pairs(const Interactions& log, const Interactions& changed) {
  return new_pairs(changed, log);
}

}  // namespace

TEST(RandomItems, replace_the_share_and_leave_every_user_as_many_pairs) {
  const auto log = pairs_of(ring_log(40, 100, 10));
  const auto noisy = with_random_items(log, 0.1, 7, {});
  EXPECT_EQ(noisy.pairs(), 400);
  EXPECT_EQ(new_pairs(log, noisy).size(), 40u);
  for (UserId user = 0; user < log.users; ++user) {
    EXPECT_EQ(noisy.items_of(user).size(), 10u);
    EXPECT_TRUE(std::ranges::is_sorted(noisy.items_of(user)));
  }
  std::size_t by_item = 0;
  for (ItemId item = 0; item < log.items; ++item) by_item += noisy.users_of(item).size();
  EXPECT_EQ(by_item, 400u);
}

TEST(RandomItems, are_the_same_for_the_same_seed_and_nested_for_a_larger_share) {
  const auto log = pairs_of(ring_log(30, 60, 8));
  const auto a = with_random_items(log, 0.2, 3, {});
  EXPECT_EQ(a.by_user.ids, with_random_items(log, 0.2, 3, {}).by_user.ids);
  EXPECT_NE(a.by_user.ids, with_random_items(log, 0.2, 4, {}).by_user.ids);
  const auto more = lost_pairs(log, with_random_items(log, 0.5, 3, {}));
  for (const auto& pair : lost_pairs(log, a)) EXPECT_THAT(more, testing::Contains(pair));
}

TEST(RandomItems, never_give_a_held_out_item_away) {
  const auto log = pairs_of(LogBuilder().add("u", "a").add("u", "b").add("v", "c").add("v", "d").build());
  Interactions::Rows rows;  // u's held-out item is c, v's is a
  rows.indptr = {0, 1, 2};
  rows.ids = {2, 0};
  rows.value = rows.weight = {1, 1};
  rows.time = {kNoTime, kNoTime};
  rows.kind = {0, 0};
  const auto held = from_user_rows(rows, 4);
  const Interactions* const taken[] = {&held};
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    const auto noisy = with_random_items(log, 1.0, seed, taken);
    EXPECT_FALSE(std::ranges::binary_search(noisy.items_of(0), 2)) << seed;
    EXPECT_FALSE(std::ranges::binary_search(noisy.items_of(1), 0)) << seed;
  }
}

TEST(RandomItems, leave_an_item_without_events_without_any) {
  auto data = ring_log(20, 30, 5);
  const auto cold = data.items.add("never seen");
  const auto log = pairs_of(data);
  EXPECT_TRUE(with_random_items(log, 1.0, 1, {}).users_of(cold).empty());
}

TEST(RandomItems, a_user_who_has_every_item_keeps_them) {
  const auto log = pairs_of(LogBuilder().add("u", "a").add("u", "b").build());
  EXPECT_THAT(with_random_items(log, 1.0, 1, {}).by_user.ids, ElementsAre(0, 1));
}

TEST(RandomItems, keep_value_time_and_weight_of_the_pair) {
  const auto log =
      pairs_of(LogBuilder().add("u", "a", 5, "purchase", 4).add("v", "b", 6).add("v", "c", 7).build());
  const auto noisy = with_random_items(log, 1.0, 1, {});
  EXPECT_THAT(noisy.by_user.time, testing::UnorderedElementsAre(5, 6, 7));
  EXPECT_EQ(noisy.by_user.time[0], 5);
  EXPECT_EQ(noisy.by_user.value[0], 4.0f);
  EXPECT_EQ(noisy.by_user.weight[0], 5.0f);
}

TEST(RandomItems, refuse_a_share_that_is_none) {
  const auto log = pairs_of(ring_log(3, 5, 2));
  EXPECT_THROW(with_random_items(log, 1.5, 1, {}), Error);
  EXPECT_THROW(with_random_items(log, -0.1, 1, {}), Error);
}

TEST(United, holds_the_pairs_of_both_once) {
  const auto log = pairs_of(ring_log(10, 30, 4));
  const auto noisy = with_random_items(log, 0.5, 1, {});
  const auto both = united(log, noisy);
  EXPECT_EQ(both.pairs(), 60);
  EXPECT_TRUE(new_pairs(both, log).empty());
  EXPECT_TRUE(new_pairs(both, noisy).empty());
  EXPECT_EQ(united(log, log).by_user.ids, log.by_user.ids);
}

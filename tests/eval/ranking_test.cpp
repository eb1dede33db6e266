#include "medley/eval/ranking.h"

#include "medley/core/error.h"
#include "medley/core/hash.h"
#include "medley/core/rng.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

using namespace medley;
using namespace medley::eval;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

namespace {

data::IdMap item_ids(std::int32_t count) {
  data::IdMap map;
  for (std::int32_t i = 0; i < count; ++i) map.add("item " + std::to_string(i));
  return map;
}

std::vector<ItemId> all_of(std::int32_t count) {
  std::vector<ItemId> out(static_cast<std::size_t>(count));
  std::iota(out.begin(), out.end(), 0);
  return out;
}

std::vector<ItemId> some_of(std::span<const ItemId> items, double share, Rng& rng) {
  std::vector<ItemId> out;
  for (const ItemId item : items) {
    if (rng.uniform() < share) out.push_back(item);
  }
  return out;
}

// The definition, item by item.
std::vector<ItemId> sorted_by_definition(std::string_view user, std::span<const float> scores,
                                         std::vector<ItemId> items, const data::IdMap& ids) {
  const auto key = [&](ItemId item) { return xxh64(std::string(user) + '\0' + ids.id(item)); };
  std::ranges::sort(items, [&](ItemId a, ItemId b) {
    const float x = scores[static_cast<std::size_t>(a)];
    const float y = scores[static_cast<std::size_t>(b)];
    return x != y ? x > y : key(a) < key(b);
  });
  return items;
}

TEST(RankUser, ranks_by_hand) {
  const auto ids = item_ids(5);
  const std::vector<float> scores = {0.1f, 0.9f, 0.5f, 0.7f, 0.3f};
  const std::vector<ItemId> masked = {1};
  const std::vector<ItemId> relevant = {0, 2};
  const auto out = rank_user({7, "u", masked, relevant}, scores, all_of(5), 3, ids);
  EXPECT_EQ(out.user, 7);
  EXPECT_THAT(out.ranked, ElementsAre(3, 2, 4));
  EXPECT_THAT(out.relevant, ElementsAre(0, 2));
  EXPECT_THAT(out.ranks, ElementsAre(4, 2));
}

TEST(RankUser, lists_and_places_follow_the_definition) {
  Rng rng(3);
  const auto ids = item_ids(120);
  for (int round = 0; round < 60; ++round) {
    std::vector<float> scores(120);
    // One level (all equal), few levels, or many.
    const std::uint64_t levels = round % 3 == 0 ? 1 : round % 3 == 1 ? 6 : 1000;
    for (auto& score : scores) score = static_cast<float>(rng.below(levels)) - 2.0f;
    const auto candidates = some_of(all_of(120), 0.8, rng);
    const auto masked = some_of(all_of(120), 0.2, rng);
    std::vector<ItemId> free;
    std::ranges::set_difference(all_of(120), masked, std::back_inserter(free));
    // From a few held-out items to more than are counted one by one.
    const auto relevant = some_of(free, round % 2 == 0 ? 0.05 : 0.5, rng);
    const auto user = "user " + std::to_string(round);

    std::vector<ItemId> open;
    std::ranges::set_difference(candidates, masked, std::back_inserter(open));
    const auto expected = sorted_by_definition(user, scores, open, ids);
    const auto out = rank_user({round, user, masked, relevant}, scores, candidates, 10, ids);
    EXPECT_EQ(out.ranked, std::vector<ItemId>(expected.begin(), expected.begin() + 10));
    ASSERT_EQ(out.ranks.size(), out.relevant.size());
    for (std::size_t i = 0; i < out.relevant.size(); ++i) {
      const auto place = std::ranges::find(expected, out.relevant[i]) - expected.begin() + 1;
      EXPECT_EQ(out.ranks[i], place);
    }
  }
}

TEST(RankUser, equal_scores_favour_no_item_over_many_users) {
  const auto ids = item_ids(20);
  const std::vector<float> scores(20, 1.0f);
  std::vector<int> first(20);
  for (int u = 0; u < 4000; ++u) {
    const auto out = rank_user({u, "u" + std::to_string(u), {}, {}}, scores, all_of(20), 1, ids);
    ++first[static_cast<std::size_t>(out.ranked.front())];
  }
  // 200 expected, deviation sqrt(4000 * .05 * .95) = 13.8; five of them.
  for (const int count : first) EXPECT_NEAR(count, 200, 69);
}

TEST(RankUser, keeps_held_out_items_among_the_candidates_only) {
  const auto ids = item_ids(6);
  const std::vector<float> scores = {6, 5, 4, 3, 2, 1};
  const std::vector<ItemId> candidates = {1, 3, 5};
  const std::vector<ItemId> relevant = {0, 3, 4};
  const auto out = rank_user({0, "u", {}, relevant}, scores, candidates, 9, ids);
  EXPECT_THAT(out.ranked, ElementsAre(1, 3, 5));
  EXPECT_THAT(out.relevant, ElementsAre(3));
  EXPECT_THAT(out.ranks, ElementsAre(2));
}

TEST(RankUser, gives_what_there_is_to_a_user_who_has_seen_everything) {
  const auto ids = item_ids(3);
  const auto out = rank_user({0, "u", all_of(3), {}}, std::vector<float>{1, 2, 3}, all_of(3), 5, ids);
  EXPECT_THAT(out.ranked, IsEmpty());
  EXPECT_THAT(out.ranks, IsEmpty());
}

TEST(RankUser, refuses_a_held_out_item_that_is_masked) {
  const auto ids = item_ids(3);
  const std::vector<ItemId> both = {1};
  try {
    rank_user({0, "ann", both, both}, std::vector<float>{1, 2, 3}, all_of(3), 5, ids);
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), ::testing::HasSubstr("item 'item 1' of user 'ann'"));
    EXPECT_THAT(error.what(), ::testing::HasSubstr("overlap"));
  }
}

TEST(RankUser, refuses_scores_that_are_no_numbers) {
  const auto ids = item_ids(3);
  for (const float bad : {std::nanf(""), std::numeric_limits<float>::infinity()}) {
    try {
      rank_user({0, "u", {}, {}}, std::vector<float>{1, bad, 3}, all_of(3), 1, ids);
      FAIL() << bad;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::internal);
    }
  }
}

TEST(RankUser, gives_each_held_out_item_the_share_of_unseen_items_that_it_beats) {
  const auto ids = item_ids(7);
  // Item 0 is known; 1 and 2 are held out. Of the unseen 3, 4, 5, 6: item 1 equals one and beats two, item 2
  // beats none, and item 1 itself does not count.
  const std::vector<float> scores = {9, 3, 0, 4, 3, 1, 2};
  const std::vector<ItemId> known = {0};
  const std::vector<ItemId> held_out = {1, 2};
  const auto found = rank_user({0, "u", known, held_out}, scores, all_of(7), 3, ids);
  EXPECT_THAT(found.beaten, ElementsAre(0.625, 0.0));
  const std::vector<ItemId> rest = {1, 2, 3, 4, 5, 6};
  EXPECT_THAT(rank_user({0, "u", known, rest}, scores, all_of(7), 3, ids).beaten,
              ElementsAre(0.5, 0.5, 0.5, 0.5, 0.5, 0.5));
}

}  // namespace

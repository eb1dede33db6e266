#include "medley/data/interactions.h"

#include "log_builder.h"
#include <gmock/gmock.h>

using namespace medley;
using namespace medley::data;
using testing::ElementsAre;

namespace {

Interactions build(const Dataset& data, const KindWeights& weights = default_kind_weights()) {
  return build_interactions(data.log, data.user_count(), data.item_count(), weights);
}

}  // namespace

TEST(Interactions, hold_each_pair_once_by_user_and_by_item) {
  const auto data = LogBuilder()
                        .add("a", "x", 1)
                        .add("b", "x", 2)
                        .add("a", "y", 3)
                        .add("b", "z", 4)
                        .add("a", "x", 9)
                        .build();
  const auto pairs = build(data);
  EXPECT_EQ(pairs.pairs(), 4);
  EXPECT_THAT(pairs.by_user.indptr, ElementsAre(0, 2, 4));
  EXPECT_THAT(pairs.by_user.ids, ElementsAre(0, 1, 0, 2));
  EXPECT_THAT(pairs.by_user.weight, ElementsAre(2, 1, 1, 1));
  EXPECT_THAT(pairs.by_user.time, ElementsAre(9, 3, 2, 4));
  EXPECT_THAT(pairs.by_item.indptr, ElementsAre(0, 2, 3, 4));
  EXPECT_THAT(pairs.by_item.ids, ElementsAre(0, 1, 0, 1));
  EXPECT_THAT(pairs.by_item.time, ElementsAre(9, 2, 3, 4));
  EXPECT_THAT(pairs.users_of(0), ElementsAre(0, 1));
}

TEST(Interactions, a_dislike_cancels_a_view_and_the_pair_is_counted_as_dropped) {
  const auto data = LogBuilder()
                        .add("a", "x", 1, "view")
                        .add("a", "x", 2, "dislike")
                        .add("a", "y", 3, "cart")
                        .add("a", "y", 4, "dislike")
                        .build();
  const auto pairs = build(data);
  EXPECT_EQ(pairs.dropped_pairs, 1);
  EXPECT_THAT(pairs.items_of(0), ElementsAre(1));
  EXPECT_THAT(pairs.by_user.weight, ElementsAre(2)) << "cart 3, dislike -1";
}

TEST(Interactions, unknown_kinds_and_ratings_weigh_one_whatever_the_value) {
  const auto data = LogBuilder()
                        .add("a", "x", 1, "rating", 0.5f)
                        .add("a", "y", 1, "listened to the end", 4.0f)
                        .add("a", "z", 1, "purchase")
                        .build();
  const auto pairs = build(data);
  EXPECT_THAT(pairs.by_user.weight, ElementsAre(1, 1, 5));
  EXPECT_THAT(pairs.by_user.value, ElementsAre(0.5f, 4.0f, 1.0f));
}

TEST(Interactions, take_value_time_and_kind_of_the_last_event_by_time) {
  const auto data = LogBuilder()
                        .add("a", "x", 20, "view", 2.0f)
                        .add("a", "x", 10, "rating", 5.0f)
                        .add("a", "y", 30, "view", 1.0f)
                        .add("a", "y", 30, "rating", 4.0f)
                        .build();
  const auto pairs = build(data);
  EXPECT_THAT(pairs.by_user.value, ElementsAre(2.0f, 4.0f)) << "x: time 20; y: same second, last in the file";
  EXPECT_THAT(pairs.by_user.time, ElementsAre(20, 30));
  EXPECT_EQ(data.log.kinds[static_cast<std::size_t>(pairs.by_user.kind[1])], "rating");
}

TEST(Interactions, given_weights_replace_the_defaults) {
  const auto data = LogBuilder().add("a", "x", 1, "view").add("a", "y", 1, "skip").build();
  const auto pairs = build(data, {{"view", 2.5}, {"skip", 0.0}});
  EXPECT_THAT(pairs.by_user.weight, ElementsAre(2.5f));
  EXPECT_EQ(pairs.dropped_pairs, 1);
}

TEST(Interactions, as_a_binary_matrix_hold_one_for_each_pair) {
  const auto data = LogBuilder().add("a", "y", 1, "cart").add("a", "x", 1).add("b", "y", 1).build();
  const auto matrix = build(data).binary();
  EXPECT_EQ(matrix.rows, 2);
  EXPECT_EQ(matrix.cols, 2);
  EXPECT_THAT(matrix.indptr, ElementsAre(0, 2, 3));
  EXPECT_THAT(matrix.indices, ElementsAre(0, 1, 0));
  EXPECT_THAT(matrix.values, ElementsAre(1, 1, 1));
}

TEST(Interactions, of_an_empty_log_have_empty_rows) {
  const auto pairs = build_interactions({}, 2, 3);
  EXPECT_EQ(pairs.pairs(), 0);
  EXPECT_TRUE(pairs.items_of(1).empty());
  EXPECT_TRUE(pairs.users_of(2).empty());
}

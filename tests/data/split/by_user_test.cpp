#include "medley/core/error.h"
#include "medley/data/split/split.h"

#include "../log_builder.h"
#include <gmock/gmock.h>

#include <cstdlib>
#include <ctime>
#include <map>

using namespace medley;
using namespace medley::data;
using testing::ElementsAre;

TEST(SplitByUser, random_gives_each_user_the_same_shares) {
  const auto data = ring_log(50, 60, 20);
  const auto parts = split_random(data);
  for (const auto part : {Part::valid, Part::test}) {
    const auto pairs = part_of(data, parts, part);
    for (UserId user = 0; user < data.user_count(); ++user) EXPECT_EQ(pairs.items_of(user).size(), 2u);
  }
  SplitOptions other;
  other.seed = 2;
  EXPECT_NE(split_random(data, other), parts) << "the seed draws the split";
}

TEST(SplitByUser, random_draws_every_position_about_equally_often) {
  const auto data = ring_log(2000, 2000, 10);
  const auto parts = split_random(data);
  std::vector<int> tests(10, 0);
  for (std::size_t i = 0; i < parts.size(); ++i) tests[i % 10] += parts[i] == Part::test;
  // 200 expected, binomial deviation 13.4; five of them.
  for (const int count : tests) EXPECT_NEAR(count, 200, 67);
}

TEST(SplitByUser, leave_one_out_takes_the_last_by_time) {
  const auto data =
      LogBuilder().add("a", "x", 30).add("a", "y", 10).add("a", "z", 20).add("a", "w", 5).build();
  EXPECT_THAT(split_leave_one_out(data), ElementsAre(Part::test, Part::train, Part::valid, Part::train));
}

TEST(SplitByUser, leave_one_out_keeps_file_order_within_a_second) {
  const auto data = LogBuilder().add("a", "z", 10).add("a", "y", 10).add("a", "x", 10).build();
  EXPECT_THAT(split_leave_one_out(data), ElementsAre(Part::train, Part::valid, Part::test));
}

TEST(SplitByUser, leave_one_out_places_a_repeated_pair_by_its_last_event) {
  const auto data = LogBuilder().add("a", "x", 1).add("a", "y", 2).add("a", "z", 3).add("a", "x", 4).build();
  EXPECT_THAT(split_leave_one_out(data), ElementsAre(Part::test, Part::train, Part::valid, Part::test));
}

TEST(SplitByUser, leave_one_out_of_short_histories_keeps_one_for_train) {
  const auto data = LogBuilder().add("a", "x", 1).add("b", "x", 1).add("b", "y", 2).build();
  EXPECT_THAT(split_leave_one_out(data), ElementsAre(Part::train, Part::train, Part::test));
}

TEST(SplitByUser, new_user_asks_with_the_first_pairs_of_users_outside_train) {
  LogBuilder builder;
  for (int u = 0; u < 30; ++u) {
    for (int k = 0; k < 10; ++k)  // backwards in time: item 9 is a user's first
      builder.add("u" + std::to_string(u), "i" + std::to_string((u + k) % 40), 1000 - 7 * k);
  }
  const auto data = builder.build();
  const auto parts = split_new_user(data);
  const auto train = part_of(data, parts, Part::train);
  const auto history = part_of(data, parts, Part::history);
  std::map<Part, int> users;
  for (UserId user = 0; user < data.user_count(); ++user) {
    const auto held_out = history.items_of(user).size();
    EXPECT_EQ(train.items_of(user).size() + held_out, held_out == 0 ? 10u : 8u);
    for (std::size_t k = 0; k < 10; ++k) {
      const auto part = parts[static_cast<std::size_t>(user) * 10 + k];
      if (k == 0) ++users[part];
      EXPECT_EQ(part == Part::history, held_out > 0 && k >= 2) << "the two latest are to be found";
    }
  }
  EXPECT_THAT(users, ElementsAre(testing::Pair(Part::train, 24), testing::Pair(Part::valid, 3),
                                 testing::Pair(Part::test, 3)));
  SplitOptions other;
  other.seed = 2;
  EXPECT_NE(split_new_user(data, other), parts) << "the seed draws the users";
}

TEST(SplitByUser, new_user_of_short_histories_keeps_one_to_ask_with) {
  const auto data = LogBuilder().add("a", "x", 1).add("b", "x", 1).add("b", "y", 2).build();
  SplitOptions half;
  half.valid = 0.0;
  half.test = 0.5;
  half.history = 0.1;
  for (half.seed = 1; half.seed < 20; ++half.seed) {
    const auto parts = split_new_user(data, half);
    if (parts[0] == Part::train) {
      EXPECT_THAT(parts, ElementsAre(Part::train, Part::history, Part::test));
    } else {
      EXPECT_THAT(parts, ElementsAre(Part::history, Part::train, Part::train)) << "nothing is left to find";
    }
  }
  half.history = 1.0;
  EXPECT_THROW(split_new_user(data, half), Error);
  EXPECT_THROW(split_new_user(LogBuilder().add("a", "x").build()), Error) << "no times";
}

TEST(SplitByUser, user_time_gives_the_latest_tenth_to_the_test) {
  LogBuilder builder;
  for (int k = 0; k < 10; ++k) builder.add("a", "i" + std::to_string(k), 1000 - 7 * k);
  const auto parts = split_user_time(builder.build());
  EXPECT_EQ(parts[0], Part::test);
  EXPECT_EQ(parts[1], Part::valid);
  for (std::size_t k = 2; k < 10; ++k) EXPECT_EQ(parts[k], Part::train);
}

TEST(SplitByUser, times_a_float_cannot_tell_apart_keep_their_order) {
  // As 32-bit floats both would be 1500000000, and file order would win.
  const auto data = LogBuilder().add("a", "late", 1500000031).add("a", "early", 1500000030).build();
  EXPECT_THAT(split_leave_one_out(data), ElementsAre(Part::test, Part::train));
}

TEST(SplitByUser, is_the_same_in_every_time_zone) {
  const auto data = ring_log(40, 50, 12);
  const auto before = split_user_time(data);
  const char* zone = std::getenv("TZ");
  const std::string kept = zone ? zone : "";
  setenv("TZ", "Asia/Tokyo", 1);
  tzset();
  EXPECT_EQ(split_user_time(data), before);
  EXPECT_EQ(split_leave_one_out(data), split_leave_one_out(ring_log(40, 50, 12)));
  if (zone) {
    setenv("TZ", kept.c_str(), 1);
  } else {
    unsetenv("TZ");
  }
  tzset();
}

TEST(SplitByUser, by_time_refuses_a_log_without_times) {
  const auto data = LogBuilder().add("a", "x", 1).add("a", "y").build();
  EXPECT_THROW(split_user_time(data), Error);
  EXPECT_THROW(split_leave_one_out(data), Error);
}

TEST(SplitByUser, hold_out_moves_a_tenth_of_each_users_train_pairs) {
  auto data = ring_log(30, 60, 21);
  Parts parts(data.log.events.size(), Part::train);
  for (std::size_t i = 0; i < parts.size(); i += 21) parts[i] = Part::test;
  const auto held = hold_out(data, parts);
  const auto valid = part_of(data, held, Part::valid);
  for (UserId user = 0; user < 30; ++user) EXPECT_EQ(valid.items_of(user).size(), 2u);
  for (std::size_t i = 0; i < parts.size(); i += 21) EXPECT_EQ(held[i], Part::test);
  EXPECT_EQ(held, hold_out(data, parts));
  EXPECT_NE(held, hold_out(data, parts, .1, 2));
}

TEST(SplitByUser, hold_out_takes_one_of_two_and_none_of_one) {
  const auto data = LogBuilder().add("a", "x").add("a", "y").add("b", "x").add("b", "y").build();
  const auto held = hold_out(data, {Part::train, Part::train, Part::train, Part::test});
  EXPECT_EQ(part_of(data, held, Part::valid).items_of(0).size(), 1u);
  EXPECT_TRUE(part_of(data, held, Part::valid).items_of(1).empty());
  EXPECT_EQ(held[3], Part::test);
}

#include "medley/eval/slice.h"

#include "medley/core/error.h"

#include "tests/eval/results.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace medley;
using namespace medley::eval;
using namespace medley::eval::test;
using ::testing::ElementsAre;
using ::testing::SizeIs;

namespace {

std::vector<UserResult> two_users() {
  std::vector<UserResult> results = {result({3, 1, 0}, {0, 1, 4}, 5), result({2}, {2}, 6)};
  results[0].ranks = {3, 2, 9};
  results[1].ranks = {1};
  results[0].beaten = {0.5, 0.75, 0.0};
  results[1].beaten = {1.0};
  return results;
}

const std::vector<std::uint8_t> kPresent = {0, 1, 1, 1, 0};

TEST(Slice, keeps_held_out_items_that_lack_the_modality_and_their_places) {
  const auto lacking = slice_lacking(two_users(), kPresent);
  ASSERT_THAT(lacking, SizeIs(1));  // user 6 is left without any
  EXPECT_EQ(lacking[0].user, 5);
  EXPECT_THAT(lacking[0].relevant, ElementsAre(0, 4));
  EXPECT_THAT(lacking[0].beaten, ElementsAre(0.5, 0.0));
  EXPECT_THAT(lacking[0].ranks, ElementsAre(3, 9));
  EXPECT_THAT(lacking[0].ranked, ElementsAre(3, 1, 0));
  EXPECT_DOUBLE_EQ(metric("recall", 3)->value(lacking, {}), 0.5);
}

TEST(Slice, having_is_the_other_side) {
  const auto having = slice_having(two_users(), kPresent);
  ASSERT_THAT(having, SizeIs(2));
  EXPECT_THAT(having[0].relevant, ElementsAre(1));
  EXPECT_THAT(having[0].ranks, ElementsAre(2));
  EXPECT_THAT(having[1].relevant, ElementsAre(2));
}

TEST(Slice, takes_no_results_and_refuses_items_beyond_the_bits) {
  EXPECT_TRUE(slice_lacking({}, kPresent).empty());
  EXPECT_THROW(slice_lacking(two_users(), std::vector<std::uint8_t>{1, 0}), Error);
}

TEST(Slice, of_users_keeps_their_results_whole) {
  const auto some = slice_users(two_users(), [](UserId user) { return user == 5; });
  ASSERT_THAT(some, SizeIs(1));
  EXPECT_EQ(some[0].user, 5);
  EXPECT_THAT(some[0].ranked, ElementsAre(3, 1, 0));
  EXPECT_THAT(some[0].relevant, ElementsAre(0, 1, 4));
  EXPECT_TRUE(slice_users(two_users(), [](UserId) { return false; }).empty());
}

}  // namespace

#include "medley/engine/sample_lists.h"

#include "tests/engine/small_world.h"
#include <gmock/gmock.h>

using namespace medley;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

namespace {

class SampleLists : public ::testing::Test {
 protected:
  void SetUp() override {
    for (const char* user : {"ann", "bob", "eve"}) {
      engine::test::add_event(dataset_, user, std::string("of ") + user);
    }
    dataset_.users.add("nobody");
    train_ = data::build_interactions(dataset_.log, dataset_.user_count(), dataset_.item_count(),
                                      data::default_kind_weights());
    for (data::UserId user = 0; user < 4; ++user) results_.push_back({user, {2, 1, 0}, {1}, {2}});
  }

  data::Dataset dataset_;
  data::Interactions train_;
  std::vector<eval::UserResult> results_;
};

TEST_F(SampleLists, have_users_with_a_history_only) {
  const auto users = engine::sample_users(results_, train_, dataset_, 9);
  ASSERT_THAT(users, SizeIs(3));
  for (const auto& user : users) {
    EXPECT_NE(dataset_.users.id(user.user), "nobody");
    EXPECT_THAT(user.history, SizeIs(1));
    EXPECT_THAT(user.held_out, ElementsAre(1));
  }
}

TEST_F(SampleLists, do_not_depend_on_the_order_of_users) {
  const auto users = engine::sample_users(results_, train_, dataset_, 2);
  std::reverse(results_.begin(), results_.end());
  const auto again = engine::sample_users(results_, train_, dataset_, 2);
  ASSERT_THAT(again, SizeIs(2));
  for (std::size_t i = 0; i < 2; ++i) EXPECT_EQ(users[i].user, again[i].user);
}

TEST_F(SampleLists, are_cut_and_empty_for_a_user_without_a_result) {
  auto users = engine::sample_users(results_, train_, dataset_, 3);
  engine::add_lists(users, results_, 2);
  engine::add_lists(users, {}, 2);
  for (const auto& user : users) {
    ASSERT_THAT(user.lists, SizeIs(2));
    EXPECT_THAT(user.lists[0], ElementsAre(2, 1));
    EXPECT_THAT(user.lists[1], IsEmpty());
  }
}

TEST_F(SampleLists, of_no_users_are_none) {
  EXPECT_THAT(engine::sample_users(results_, train_, dataset_, 0), IsEmpty());
}

}  // namespace

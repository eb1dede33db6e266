#include "medley/engine/recommend_all.h"

#include "tests/engine/small_world.h"
#include <gmock/gmock.h>

using namespace medley;
using namespace medley::engine::test;
using ::testing::HasSubstr;

namespace {

class RecommendAll : public ::testing::Test {
 protected:
  explicit RecommendAll(int users = 20) : world_(two_tastes(users)) {}

  std::int64_t all(const engine::ListOptions& options, const engine::ListSink& sink) {
    const auto& dataset = world_.dataset;
    const auto pairs = data::build_interactions(dataset.log, dataset.user_count(), dataset.item_count());
    const auto model = trained(folder_, world_, "item_knn(k=20)");
    return engine::recommend_all(model, dataset, pairs, options, world_.tables, quiet_, sink);
  }

  const data::TempFolder folder_;
  World world_;
  QuietServices quiet_{2};
};

class RecommendToMany : public RecommendAll {
 protected:
  RecommendToMany() : RecommendAll(600) {}
};

TEST_F(RecommendAll, gives_each_user_the_list_that_one_call_would) {
  const auto model = trained(folder_, world_, "item_knn(k=20)");
  std::vector<std::string> users;
  const engine::ListOptions options{.k = 5, .where = "not id = a3", .diversity = 0.3};
  const auto count = all(options, [&](const std::string& user, const engine::RecommendAnswer& answer) {
    users.push_back(user);
    const auto history = engine::history_of(world_.dataset, user, data::default_kind_weights(), {});
    const auto one = engine::recommend(
        model, world_.dataset,
        {.user = user, .history = history, .k = 5, .where = options.where, .diversity = options.diversity},
        quiet_.pool(), world_.tables);
    ASSERT_EQ(answer.items.size(), one.items.size()) << user;
    for (std::size_t i = 0; i < one.items.size(); ++i) {
      EXPECT_EQ(answer.items[i].id, one.items[i].id) << user;
      EXPECT_EQ(answer.items[i].score, one.items[i].score) << user;
    }
  });
  EXPECT_EQ(count, 20);
  EXPECT_EQ(users, world_.dataset.users.ids());
}

TEST_F(RecommendToMany, hands_lists_out_while_others_are_still_to_be_made) {
  // Ctrl-C at the first list: what was scored by then is one block, and the rest is never made.
  int lists = 0;
  EXPECT_THAT(error_of([&] {
                all({.k = 1}, [&](const std::string&, const auto&) {
                  ++lists;
                  quiet_.cancel().set();
                });
              }),
              HasSubstr("interrupted"));
  EXPECT_EQ(lists, 256);
}

TEST_F(RecommendAll, refuses_a_wrong_condition_before_the_first_list) {
  int lists = 0;
  const auto count_lists = [&](const std::string&, const auto&) { ++lists; };
  EXPECT_THAT(error_of([&] { all({.where = "colour = red"}, count_lists); }), HasSubstr("column 1"));
  EXPECT_EQ(lists, 0);
}

}  // namespace

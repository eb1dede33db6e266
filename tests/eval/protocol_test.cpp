#include "medley/eval/protocol.h"

#include "medley/core/error.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>

using namespace medley;
using namespace medley::eval;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

namespace {

// Users 0, 1, ... each with a few masked and held-out items.
struct World {
  explicit World(std::int32_t item_count) {
    for (std::int32_t i = 0; i < item_count; ++i) items.add("i" + std::to_string(i));
  }

  void add(std::vector<ItemId> masked, std::vector<ItemId> relevant) {
    lists.push_back({"u" + std::to_string(lists.size()), std::move(masked), std::move(relevant)});
  }

  std::vector<EvalUser> users() const {
    std::vector<EvalUser> out;
    for (const auto& list : lists) {
      out.push_back({static_cast<UserId>(out.size()), list.id, list.masked, list.relevant});
    }
    return out;
  }

  Candidates all() const {
    Candidates out{"all", std::vector<ItemId>(static_cast<std::size_t>(items.size()))};
    std::iota(out.items.begin(), out.items.end(), 0);
    return out;
  }

  struct Lists {
    std::string id;
    std::vector<ItemId> masked;
    std::vector<ItemId> relevant;
  };
  data::IdMap items;
  std::vector<Lists> lists;
};

// Item j gets score -j: the lowest row goes first.
void falling(std::span<const std::size_t>, math::MatrixView<float> out) {
  for (math::Index i = 0; i < out.rows(); ++i) {
    for (math::Index j = 0; j < out.cols(); ++j) out(i, j) = static_cast<float>(-j);
  }
}

std::string refusal(const World& world, std::vector<Candidates> columns, int k = 3) {
  QuietServices services(1);
  try {
    evaluate(world.users(), columns, k, world.items, falling, services);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

TEST(Evaluate, ranks_each_user_against_all_candidates) {
  World world(5);
  world.add({0, 2}, {3});
  world.add({}, {0, 4});
  QuietServices services(2);
  const auto columns = evaluate(world.users(), std::vector{world.all()}, 2, world.items, falling, services);
  ASSERT_THAT(columns, SizeIs(1));
  ASSERT_THAT(columns[0], SizeIs(2));
  EXPECT_THAT(columns[0][0].ranked, ElementsAre(1, 3));
  EXPECT_THAT(columns[0][0].ranks, ElementsAre(2));
  EXPECT_THAT(columns[0][1].ranked, ElementsAre(0, 1));
  EXPECT_THAT(columns[0][1].ranks, ElementsAre(1, 5));
}

TEST(Evaluate, serves_every_column_with_its_own_users_from_one_scoring) {
  World world(6);
  world.add({}, {1});
  world.add({}, {5});
  world.add({}, {});
  world.add({}, {1, 5});
  std::vector<std::size_t> asked;
  const ScoreBlock score = [&](std::span<const std::size_t> users, math::MatrixView<float> out) {
    asked.insert(asked.end(), users.begin(), users.end());
    falling(users, out);
  };
  QuietServices services(2);
  const std::vector<Candidates> columns = {{"low", {0, 1, 2}}, {"high", {4, 5}}};
  const auto results = evaluate(world.users(), columns, 3, world.items, score, services);
  EXPECT_THAT(asked, ElementsAre(0, 1, 3));
  ASSERT_THAT(results, SizeIs(2));
  ASSERT_THAT(results[0], SizeIs(2));
  EXPECT_EQ(results[0][0].user, 0);
  EXPECT_EQ(results[0][1].user, 3);
  EXPECT_THAT(results[0][1].relevant, ElementsAre(1));
  ASSERT_THAT(results[1], SizeIs(2));
  EXPECT_EQ(results[1][0].user, 1);
  EXPECT_THAT(results[1][1].ranked, ElementsAre(4, 5));
}

TEST(Evaluate, gives_the_same_results_in_blocks_and_on_any_number_of_threads) {
  World world(40);
  for (std::int32_t u = 0; u < 700; ++u) world.add({u % 7}, {7 + u % 33});
  std::size_t largest_block = 0;
  const ScoreBlock score = [&](std::span<const std::size_t> users, math::MatrixView<float> out) {
    largest_block = std::max(largest_block, users.size());
    ASSERT_EQ(out.rows(), static_cast<math::Index>(users.size()));
    for (std::size_t i = 0; i < users.size(); ++i) {
      for (math::Index j = 0; j < out.cols(); ++j) {
        out(static_cast<math::Index>(i), j) =
            static_cast<float>((users[i] * 31 + static_cast<std::size_t>(j) * 17) % 11);
      }
    }
  };
  QuietServices one(1);
  QuietServices four(4);
  const auto a = evaluate(world.users(), std::vector{world.all()}, 5, world.items, score, one);
  const auto b = evaluate(world.users(), std::vector{world.all()}, 5, world.items, score, four);
  EXPECT_EQ(largest_block, 256u);
  ASSERT_THAT(a[0], SizeIs(700));
  for (std::size_t u = 0; u < 700; ++u) {
    EXPECT_EQ(a[0][u].user, static_cast<UserId>(u));
    EXPECT_EQ(a[0][u].ranked, b[0][u].ranked);
    EXPECT_EQ(a[0][u].ranks, b[0][u].ranks);
  }
}

TEST(Evaluate, reports_progress_and_stops_when_cancelled) {
  class Steps final : public Progress {
   public:
    void begin(std::string_view, std::int64_t total) override { steps.push_back(total); }
    void at(std::int64_t done) override { steps.push_back(done); }
    void end() override { steps.push_back(-1); }
    std::vector<std::int64_t> steps;
  };
  World world(3);
  for (int u = 0; u < 300; ++u) world.add({}, {1});
  ThreadPool pool(1);
  Steps progress;
  CancelFlag cancel;
  const Services services{pool, progress, cancel, {}};
  evaluate(world.users(), std::vector{world.all()}, 1, world.items, falling, services);
  EXPECT_THAT(progress.steps, ElementsAre(300, 256, 300, -1));

  const ScoreBlock score = [&](std::span<const std::size_t> users, math::MatrixView<float> out) {
    falling(users, out);
    cancel.set();
  };
  try {
    evaluate(world.users(), std::vector{world.all()}, 1, world.items, score, services);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::interrupted);
  }
}

TEST(Evaluate, takes_no_users) {
  World world(3);
  QuietServices services(1);
  const auto results = evaluate({}, std::vector{world.all()}, 1, world.items, falling, services);
  ASSERT_THAT(results, SizeIs(1));
  EXPECT_THAT(results[0], IsEmpty());
}

TEST(Evaluate, refuses_an_overlap_of_train_and_test) {
  World world(4);
  world.add({1, 2}, {2, 3});
  EXPECT_THAT(refusal(world, {world.all()}), HasSubstr("'i2' of user 'u0' is both held out and known"));
}

TEST(Evaluate, refuses_lists_that_do_not_fit) {
  World world(4);
  world.add({}, {3});
  EXPECT_THAT(refusal(world, {world.all()}, 0), HasSubstr("at least 1, got 0"));
  EXPECT_THAT(refusal(world, {{"none", {}}}), HasSubstr("'none' has no candidates"));
  EXPECT_THAT(refusal(world, {{"far", {2, 4}}}), HasSubstr("row 4 is outside [0, 4)"));
  EXPECT_THAT(refusal(world, {{"mixed", {2, 1}}}), HasSubstr("'mixed' must rise, got row 1 after 2"));
  world.add({}, {3, 3});
  EXPECT_THAT(refusal(world, {world.all()}), HasSubstr("held-out items of 'u1' must rise"));
}

}  // namespace

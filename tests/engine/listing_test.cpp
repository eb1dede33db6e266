#include "medley/engine/listing.h"

#include "tests/engine/small_world.h"
#include <gmock/gmock.h>

#include <numeric>

using namespace medley;
using namespace medley::engine::test;
using ::testing::ElementsAre;

namespace {

class Listing : public ::testing::Test {
 protected:
  std::vector<data::ItemId> all() const {
    std::vector<data::ItemId> out(static_cast<std::size_t>(model_.items().size()));
    std::iota(out.begin(), out.end(), 0);
    return out;
  }
  /// Scores of 0 but for the ids given.
  std::vector<float> scores(const std::map<std::string, float>& of) const {
    std::vector<float> out(static_cast<std::size_t>(model_.items().size()));
    for (const auto& [id, score] : of) out[static_cast<std::size_t>(*model_.items().find(id))] = score;
    return out;
  }

  const data::TempFolder folder_;
  const World world_ = two_tastes();
  const engine::TrainedModel model_ = trained(folder_, world_, "item_knn");
};

TEST_F(Listing, puts_what_is_spoken_for_before_silence_and_silence_before_what_is_spoken_against) {
  const auto by = scores({{"a0", -1.0f}, {"a10", 0.5f}, {"b0", 2.0f}});
  const auto list = engine::listed(model_, "u0", by, all(), 100);
  ASSERT_EQ(list.size(), 22u);
  EXPECT_EQ(model_.items().id(list[0].item), "b0");
  EXPECT_EQ(model_.items().id(list[1].item), "a10");
  EXPECT_EQ(model_.items().id(list[21].item), "a0");
  for (std::size_t i = 3; i < 21; ++i) {
    EXPECT_TRUE(list[i].silent);
    EXPECT_GE(model_.users_of(list[i - 1].item), model_.users_of(list[i].item)) << i;
  }
  EXPECT_FALSE(list[21].silent);
}

TEST_F(Listing, the_rank_of_an_item_is_its_place_in_the_list) {
  const auto by = scores({{"a0", -1.0f}, {"a1", -1.0f}, {"a10", 0.5f}, {"b0", 2.0f}, {"b1", 2.0f}});
  for (const auto* user : {"u0", "u1", ""}) {
    const auto list = engine::listed(model_, user, by, all(), 100);
    for (std::size_t i = 0; i < list.size(); ++i) {
      EXPECT_EQ(engine::rank_of(model_, user, by, all(), list[i].item), static_cast<int>(i) + 1)
          << model_.items().id(list[i].item);
    }
  }
}

TEST_F(Listing, candidates_are_neither_seen_nor_excluded_nor_forbidden) {
  std::vector<std::uint8_t> allowed(22);
  for (std::size_t i = 0; i < 6; ++i) allowed[i] = 1;
  const std::vector<data::ItemId> history{0, 3}, excluded{3, 4};
  EXPECT_THAT(engine::candidates_without(model_, history, excluded, allowed), ElementsAre(1, 2, 5));
  EXPECT_EQ(engine::candidates_without(model_, history, excluded, {}).size(), 19u);
}

}  // namespace

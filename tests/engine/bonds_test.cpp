#include "medley/engine/bonds.h"

#include "tests/engine/small_world.h"
#include <gmock/gmock.h>

using namespace medley;
using namespace medley::engine::test;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

namespace {

engine::ExplainAnswer answer(std::vector<engine::ExplanationPart> parts) {
  return {1.0, std::move(parts), ""};
}

TEST(SpeakingFeatures, are_those_that_the_score_hangs_on_and_those_of_a_fusion) {
  const std::vector<std::string> known{"color", "words", "sound", "genres"};
  const auto speak = [&](std::vector<engine::ExplanationPart> parts) {
    return engine::speaking_features(answer(std::move(parts)), known);
  };
  EXPECT_THAT(speak({{"history", "words", 3.0},
                     {"modality", "interactions", 2.0},
                     {"modality", "words", 0.5},
                     {"modality", "color", 0.0},
                     {"modality", "genres", -0.5}}),
              ElementsAre("words", "genres"));
  EXPECT_THAT(speak({{"modality", "sound+color", 1.0}, {"modality", "color", 0.5}}),
              ElementsAre("sound", "color"));
  EXPECT_THAT(speak({{"modality", "constant", 1.0}}), IsEmpty());
}

class Bonds : public ::testing::Test {
 protected:
  std::vector<std::string> ids(const std::vector<engine::Bond>& bonds) const {
    std::vector<std::string> out;
    for (const auto& bond : bonds) out.push_back(bond.id);
    return out;
  }
  std::vector<engine::Bond> bonds(std::vector<engine::ExplanationPart> parts, std::size_t most = 9) const {
    return engine::bonds_of(answer(std::move(parts)), world_.dataset, world_.tables, "a1", most);
  }

  const World world_ = two_tastes();
};

TEST_F(Bonds, are_with_those_of_the_history_that_speak_for_the_item_and_are_like_it) {
  const std::vector<engine::ExplanationPart> parts{
      {"history", "a0", 3.0},  {"history", "gone", 2.0},   {"history", "b2", 1.0},    {"history", "a3", 0.5},
      {"history", "a4", -1.0}, {"modality", "words", 1.0}, {"modality", "color", 0.5}};
  // b2 is of the other taste, `gone` is in no catalogue, and a4 speaks against it.
  EXPECT_THAT(ids(bonds(parts)), ::testing::UnorderedElementsAre("a0", "a3"));
  EXPECT_THAT(bonds(parts, 0), IsEmpty());
}

TEST_F(Bonds, are_with_the_most_alike_first_whatever_speaks_for_them) {
  // a1 and a5 are the same, and a2 and a3 are further from it; what is left out takes no place of another.
  const std::vector<engine::ExplanationPart> parts{
      {"history", "a1", 9.0}, {"history", "gone", 8.0}, {"history", "b2", 7.0},    {"history", "a3", 3.0},
      {"history", "a2", 2.0}, {"history", "a5", 1.0},   {"modality", "words", 1.0}};
  EXPECT_THAT(ids(bonds(parts)), ElementsAre("a5", "a2", "a3"));
  EXPECT_THAT(ids(bonds(parts, 1)), ElementsAre("a5"));
}

TEST_F(Bonds, name_no_categories_that_only_the_mean_makes_alike) {
  World world;
  for (const auto* id : {"p", "q", "r", "s", "t", "u"}) world.dataset.items.add(id);
  auto table = std::make_shared<data::FeatureTable>();
  table->name = "genres";
  // p: war; q: news; r: war and news; the others: drama, which p, q and r all lack.
  table->rows = math::Csr{6, 3, {0, 1, 2, 4, 5, 6, 7}, {1, 2, 1, 2, 0, 0, 0}, {1, 1, 1, 1, 2, 2, 2}};
  table->present = {1, 1, 1, 1, 1, 1};
  table->columns = {"drama", "war", "news"};
  world.tables = {table};
  const auto got =
      engine::bonds_of(answer({{"history", "q", 2.0}, {"history", "r", 1.0}, {"modality", "genres", 1.0}}),
                       world.dataset, world.tables, "p", 9);
  const auto unit = data::unit_rows(*table);
  ASSERT_GT(math::inner_product(unit.rows, 0, 1), 0.0) << "p and q";
  ASSERT_EQ(got.size(), 1u);
  EXPECT_EQ(got[0].id, "r");
  EXPECT_THAT(got[0].parts[0].shared, ElementsAre("war"));
}

TEST_F(Bonds, name_the_columns_that_bind) {
  World world;
  for (const auto* id : {"x", "y", "z"}) world.dataset.items.add(id);
  auto table = std::make_shared<data::FeatureTable>(
      *dense_table("traits", "audio", {{1, 0, 0}, {0.9f, 0.1f, 0}, {0, 0, 1}}));
  table->columns = {"tempo", "mode", "level"};
  world.tables = {table};
  const auto got = engine::bonds_of(answer({{"history", "y", 1.0}, {"modality", "traits", 1.0}}),
                                    world.dataset, world.tables, "x", 1);
  ASSERT_EQ(got.size(), 1u);
  EXPECT_THAT(got[0].parts[0].shared, ElementsAre("tempo")) << "and not the level that both lack";
}

}  // namespace

#include "medley/engine/measured_variation.h"

#include "medley/engine/experiment_split.h"

#include "tests/engine/small_world.h"
#include <gtest/gtest.h>

using namespace medley;
using namespace medley::engine::test;
using engine::Variation;

TEST(RankVariation, fits_on_what_it_changed_and_asks_the_same_users) {
  const auto world = two_tastes();
  const auto plugins = engine::builtin_plugins();
  QuietServices quiet(1);
  const Services services = quiet;
  std::vector<std::string> notes;
  const auto split = engine::make_run_split(world.dataset, {.split = "random"}, 1, notes);
  const engine::FitContext context(plugins, world.tables, services);
  const engine::RankingTask test{
      &world.dataset.users, &world.dataset.items,
      &split.train,         &split.train,
      &split.test,          engine::make_columns(world.dataset, world.tables, {}, split, split.test)};
  std::vector<std::vector<eval::UserResult>> results;
  std::vector<std::int64_t> changed;
  for (const auto& variation : {Variation{Variation::Change::noise, {"color", "words"}},
                                Variation{Variation::Change::replaced, {}, 0.5}}) {
    engine::rank_variation(variation, "content", {}, context, split, test, 5, 1,
                           [&](const auto& found, const data::Interactions& train) {
                             results.push_back(found);
                             changed.push_back(train.by_user.ids != split.train.by_user.ids);
                           });
  }
  EXPECT_EQ(changed, (std::vector<std::int64_t>{0, 1}));
  ASSERT_EQ(results[0].size(), results[1].size());
  for (std::size_t i = 0; i < results[0].size(); ++i) EXPECT_EQ(results[0][i].user, results[1][i].user);
}

TEST(FindVariation, finds_by_what_is_changed_and_how_much) {
  const Variation half{Variation::Change::dropped, {"color"}, 0.5};
  const Variation whole{Variation::Change::dropped, {"color"}, 1.0};
  const std::vector<engine::MeasuredVariation> measured{{half, {}}};
  EXPECT_EQ(engine::find_variation(measured, half), &measured.front().summary);
  EXPECT_EQ(engine::find_variation(measured, whole), nullptr);
}

#include "medley/engine/variation.h"

#include "medley/engine/experiment_split.h"

#include "tests/engine/small_world.h"
#include <gmock/gmock.h>

#include <algorithm>
#include <set>

using namespace medley;
using namespace medley::engine::test;
using engine::Tables;
using engine::Variation;
using engine::varied_tables;
using Change = Variation::Change;
using ::testing::Each;
using ::testing::ElementsAre;

namespace {

std::vector<float> row(const data::FeatureTable& table, math::Index i) {
  if (!table.is_sparse()) {
    const auto values = table.dense().row(i);
    return {values.begin(), values.end()};
  }
  std::vector<float> out(static_cast<std::size_t>(table.dim()));
  const auto view = table.sparse().view();
  for (std::size_t k = 0; k < view.row_indices(i).size(); ++k)
    out[static_cast<std::size_t>(view.row_indices(i)[k])] = view.row_values(i)[k];
  return out;
}

std::vector<std::vector<float>> rows(const data::FeatureTable& table) {
  std::vector<std::vector<float>> out;
  for (math::Index i = 0; i < table.items(); ++i) out.push_back(row(table, i));
  return out;
}

/// `items` rows in `cols` columns, row i with i % 4 + 1 numbers; every fifth item has none.
std::shared_ptr<const data::FeatureTable> sparse_table(int items, int cols) {
  auto out = std::make_shared<data::FeatureTable>();
  out->name = "words";
  out->modality = "text";
  math::Csr values;
  values.rows = items;
  values.cols = cols;
  for (int i = 0; i < items; ++i) {
    const bool present = i % 5 != 4;
    for (int k = 0; present && k <= i % 4; ++k) {
      values.indices.push_back(i % 7 + 2 * k);
      values.values.push_back(static_cast<float>(i + k + 1));
    }
    values.indptr.push_back(static_cast<std::int64_t>(values.indices.size()));
    out->present.push_back(present ? 1 : 0);
  }
  out->rows = std::move(values);
  return out;
}

Tables two_tables() {
  return {dense_table("color", "image", {{1, 2}, {3, 4}, {}, {5, 6}, {7, 8}, {9, 9}}), sparse_table(6, 20)};
}

}  // namespace

TEST(VariedTables, change_those_that_are_named_and_share_the_others) {
  const auto tables = two_tables();
  for (const auto change :
       {Change::removed, Change::noise, Change::shuffled, Change::presence, Change::dropped}) {
    const auto varied = varied_tables(tables, {change, {"color"}, 0.5}, 1);
    ASSERT_EQ(varied.size(), 2u);
    EXPECT_NE(varied[0], tables[0]);
    EXPECT_EQ(varied[1], tables[1]);
    EXPECT_EQ(varied[0]->name, "color");
    EXPECT_NO_THROW(data::check_table(*varied[0]));
  }
  EXPECT_EQ(varied_tables(tables, {Change::replaced, {}, 0.5}, 1), tables);
}

TEST(VariedTables, removed_is_a_feature_that_no_item_has) {
  const auto varied = varied_tables(two_tables(), {Change::removed, {"color", "words"}}, 1);
  for (const auto& table : varied) {
    EXPECT_EQ(table->present_count(), 0);
    EXPECT_NO_THROW(data::check_table(*table));
  }
  EXPECT_EQ(varied[0]->dim(), 2);
}

TEST(VariedTables, noise_keeps_who_has_the_feature_and_its_length_and_nothing_else) {
  const auto tables = two_tables();
  const auto varied = varied_tables(tables, {Change::noise, {"color", "words"}}, 1);
  for (std::size_t t = 0; t < 2; ++t) {
    EXPECT_EQ(varied[t]->present, tables[t]->present);
    EXPECT_EQ(varied[t]->dim(), tables[t]->dim());
    EXPECT_NO_THROW(data::check_table(*varied[t]));
    for (math::Index i = 0; i < 6; ++i) {
      if (tables[t]->present[static_cast<std::size_t>(i)] == 0) continue;
      EXPECT_NE(row(*varied[t], i), row(*tables[t], i));
    }
  }
  EXPECT_EQ(varied[1]->sparse().indptr, tables[1]->sparse().indptr);
}

TEST(VariedTables, noise_is_standard_normal) {
  std::vector<std::vector<float>> ones(200, std::vector<float>(50, 1.0f));
  const auto varied = varied_tables({dense_table("color", "image", ones)}, {Change::noise, {"color"}}, 3);
  double sum = 0, squares = 0;
  for (const auto& values : rows(*varied.front())) {
    for (const double value : values) {
      sum += value;
      squares += value * value;
    }
  }
  // 10,000 draws: the mean's standard error is .01, the variance's .014.
  EXPECT_NEAR(sum / 10'000, 0.0, 0.04);
  EXPECT_NEAR(squares / 10'000, 1.0, 0.06);
}

TEST(VariedTables, shuffled_exchanges_rows_among_the_items_that_have_one) {
  for (const auto& table :
       {dense_table("words", "text", {{1, 2}, {3, 4}, {}, {5, 6}, {7, 8}, {9, 9}}), sparse_table(40, 20)}) {
    const auto varied = varied_tables({table}, {Change::shuffled, {"words"}}, 2).front();
    EXPECT_EQ(varied->present, table->present);
    EXPECT_NO_THROW(data::check_table(*varied));
    const auto before = rows(*table), after = rows(*varied);
    EXPECT_NE(before, after);
    EXPECT_THAT(after, ::testing::UnorderedElementsAreArray(before));
  }
}

TEST(VariedTables, presence_is_one_column_that_every_item_has) {
  const auto varied = varied_tables(two_tables(), {Change::presence, {"color"}}, 1).front();
  EXPECT_EQ(varied->dim(), 1);
  EXPECT_THAT(varied->present, Each(1));
  EXPECT_THAT(rows(*varied), ElementsAre(ElementsAre(1), ElementsAre(1), ElementsAre(0), ElementsAre(1),
                                         ElementsAre(1), ElementsAre(1)));
}

TEST(VariedTables, dropped_takes_the_share_of_those_that_have_one_and_nests) {
  const Tables tables{sparse_table(100, 20)};  // 80 items have it
  std::set<std::size_t> before;
  for (const double share : {0.25, 0.5, 1.0}) {
    const auto varied = varied_tables(tables, {Change::dropped, {"words"}, share}, 5).front();
    EXPECT_EQ(varied->present_count(), static_cast<std::int64_t>(80 * (1 - share)));
    EXPECT_NO_THROW(data::check_table(*varied));
    std::set<std::size_t> gone;
    for (std::size_t i = 0; i < 100; ++i) {
      if (tables.front()->present[i] != varied->present[i]) gone.insert(i);
      if (varied->present[i] == 0) continue;
      EXPECT_EQ(row(*varied, static_cast<math::Index>(i)), row(*tables.front(), static_cast<math::Index>(i)));
    }
    EXPECT_TRUE(std::ranges::includes(gone, before));
    before = gone;
  }
}

TEST(VariedTables, dropping_a_modality_of_two_features_takes_both_from_the_same_items) {
  const std::vector<std::vector<float>> all(50, std::vector<float>{1, 2});
  const Tables tables{dense_table("color", "image", all), dense_table("edges", "image", all)};
  const auto varied = varied_tables(tables, {Change::dropped, {"color", "edges"}, 0.4}, 1);
  EXPECT_EQ(varied[0]->present_count(), 30);
  EXPECT_EQ(varied[0]->present, varied[1]->present);
}

TEST(VariedTables, are_the_same_for_the_same_seed) {
  const auto tables = two_tables();
  for (const auto change : {Change::noise, Change::shuffled, Change::dropped}) {
    const Variation variation{change, {"words"}, 0.5};
    EXPECT_EQ(rows(*varied_tables(tables, variation, 4)[1]), rows(*varied_tables(tables, variation, 4)[1]));
  }
  EXPECT_NE(rows(*varied_tables(tables, {Change::noise, {"words"}}, 4)[1]),
            rows(*varied_tables(tables, {Change::noise, {"words"}}, 5)[1]));
}

TEST(VariedTables, refuse_a_share_that_is_none) {
  EXPECT_THAT(error_of([] { varied_tables(two_tables(), {Change::dropped, {"color"}, 1.5}, 1); }),
              ::testing::HasSubstr("1.5"));
}

TEST(ReplacedTrain, hides_both_the_item_that_was_seen_and_the_one_that_the_log_says) {
  const auto world = two_tastes();
  std::vector<std::string> notes;
  const auto split = engine::make_run_split(world.dataset, {.split = "random"}, 1, notes);
  const auto varied = engine::replaced_train(split, 0.5, 1);
  EXPECT_EQ(varied.train.pairs(), split.train.pairs());
  for (data::UserId user = 0; user < split.train.users; ++user) {
    const auto masked = varied.masked.items_of(user);
    const auto hidden = [&](auto item) { return std::ranges::binary_search(masked, item); };
    EXPECT_TRUE(std::ranges::all_of(split.train.items_of(user), hidden));
    EXPECT_TRUE(std::ranges::all_of(varied.train.items_of(user), hidden));
    EXPECT_TRUE(std::ranges::none_of(split.test.items_of(user), hidden));
    EXPECT_TRUE(std::ranges::none_of(split.choice.items_of(user),
                                     [&](auto item) { return hidden(item) && !split.held_out; }));
  }
}

#include "../toy.h"

using namespace medley;
using namespace medley::models;

namespace {

std::unique_ptr<Recommender> filter_model(const data::Interactions& data, const ParamMap& params,
                                          std::shared_ptr<const data::ItemVectors> vectors = nullptr) {
  auto model = toy::make("graph_filter", params);
  QuietServices services(2);
  model->fit({&data, std::move(vectors)}, services);
  return model;
}

const data::Interactions& small_log() {
  static const auto data = toy::interactions(2, 3, {{0, 0}, {0, 1}, {1, 1}});
  return data;
}

TEST(GraphFilter, sums_the_scaled_powers_over_the_history) {
  // P = [1 1 0; 1 2 0; 0 0 0] with deviation sqrt(38) / 9, P^2 = [2 3 0; 3 5 0; 0 0 0] with sqrt(254) / 9.
  const double first = 9 / std::sqrt(38.0), second = 9 / std::sqrt(254.0);
  const auto model = filter_model(small_log(), {{"a", "0"}, {"b", "0"}, {"c", "1+.5"}, {"features", "none"}});
  toy::expect_near(toy::scores(*model, 3, {0}), {first + second, first + 1.5 * second, 0}, 1e-5);
  toy::expect_near(toy::scores(*model, 3, {0, 1}), {2 * first + 2.5 * second, 3 * first + 4 * second, 0},
                   1e-5);
  EXPECT_FALSE(model->scores_unseen_items());
}

TEST(GraphFilter, adds_the_cosine_of_centred_content) {
  // Two opposite items: S = [1 -1; -1 1] has mean 0 and deviation 1.
  math::Matrix rows(2, 1);
  rows(0, 0) = 5;
  rows(1, 0) = 3;
  data::FeatureTable table{"year", "number", "", rows, {1, 1}, {}};
  auto vectors = std::make_shared<data::ItemVectors>();
  vectors->blocks.push_back({"year", "number", std::make_shared<const data::FeatureTable>(table),
                             math::unit_rows(rows.view(), table.present)});
  const auto data = toy::interactions(1, 2, {{0, 0}});
  const auto model = filter_model(data, {{"c", "0"}, {"g", ".5"}}, vectors);
  toy::expect_near(toy::scores(*model, 2, {0}), {.5, -.5});
  EXPECT_TRUE(model->scores_unseen_items());
}

TEST(GraphFilter, a_feature_of_weight_zero_changes_nothing) {
  const auto data = toy::random_interactions(20, 15, .3);
  const auto vectors = toy::vectors(ContentUse::Form::tables, 15);
  const auto with = filter_model(data, {{"g", "0+0"}}, vectors);
  EXPECT_EQ(toy::scores(*with, 15, {1, 4}), toy::scores(*filter_model(data, {}), 15, {1, 4}));
  EXPECT_NE(toy::scores(*with, 15, {1, 4}),
            toy::scores(*filter_model(data, {{"g", "0+.1"}}, vectors), 15, {1, 4}));
}

TEST(GraphFilter, asks_for_content_only_if_it_has_a_weight) {
  const auto form = [](const ParamMap& params) {
    return toy::make("graph_filter", params)->content_use().form;
  };
  EXPECT_EQ(form({}), ContentUse::Form::tables);
  EXPECT_EQ(form({{"features", "none"}}), ContentUse::Form::none);
  EXPECT_EQ(form({{"g", "0+0"}}), ContentUse::Form::none);
}

TEST(GraphFilter, above_its_limit_a_sample_of_rows_gives_the_scale) {
  // Every user has three items of their own: each row of P has three ones, so any sample gives the same.
  const int users = 6667, items = 3 * users;
  std::vector<std::pair<UserId, ItemId>> pairs;
  for (int i = 0; i < items; ++i) pairs.emplace_back(i / 3, i);
  const auto model = filter_model(toy::interactions(users, items, pairs),
                                  {{"a", "0"}, {"b", "0"}, {"c", "1"}, {"features", "none"}});
  const double mean = 3.0 / items;
  EXPECT_NEAR(toy::scores(*model, items, {4})[5], 1 / std::sqrt(mean - mean * mean), 1e-3);
}

TEST(GraphFilter, refuses_weights_that_do_not_fit) {
  EXPECT_THROW(toy::make("graph_filter", {{"c", "1+1+1+1+1+1+1+1+1"}}), Error);
  EXPECT_THROW(toy::make("graph_filter", {{"c", ""}}), Error);
  EXPECT_THROW(toy::make("graph_filter", {{"g", ""}}), Error);
  const auto data = toy::random_interactions(5, 6, .5);
  EXPECT_THROW(filter_model(data, {{"g", "1+1+1"}}, toy::vectors(ContentUse::Form::tables, 6)), Error);
}

}  // namespace

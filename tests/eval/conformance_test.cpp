// What every metric of lists must do, run over all that are registered.
#include "medley/core/rng.h"

#include "tests/eval/results.h"
#include "tests/eval/table_of.h"
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace medley;
using namespace medley::eval;
using namespace medley::eval::test;

namespace {

constexpr std::int32_t kItems = 30;

std::vector<UserResult> random_results(std::size_t users, std::uint64_t seed) {
  Rng rng(seed);
  std::vector<ItemId> items(kItems);
  std::iota(items.begin(), items.end(), 0);
  std::vector<UserResult> out;
  for (std::size_t u = 0; u < users; ++u) {
    rng.shuffle(items);
    std::vector<ItemId> ranked(items.begin(), items.begin() + static_cast<std::ptrdiff_t>(rng.below(13)));
    rng.shuffle(items);
    std::vector<ItemId> relevant(items.begin(),
                                 items.begin() + static_cast<std::ptrdiff_t>(1 + rng.below(12)));
    std::ranges::sort(relevant);
    out.push_back(result(std::move(ranked), std::move(relevant), static_cast<UserId>(u)));
  }
  return out;
}

/// Item i points in the direction of angle i.
ItemFacts facts() {
  static const ListVectors vectors = [] {
    std::vector<std::vector<float>> rows;
    for (int i = 0; i < kItems; ++i)
      rows.push_back({std::cos(static_cast<float>(i)), std::sin(static_cast<float>(i))});
    return ListVectors(table_of(rows, 2));
  }();
  auto out = facts_of(kItems);
  out.vectors = &vectors;
  return out;
}

class EveryMetric : public ::testing::TestWithParam<std::string> {
 protected:
  std::unique_ptr<Metric> at(int k) const { return metric(GetParam(), k); }
  // A count of users for popularity, bits for novelty, 1 - cosine for ild, a share for all others.
  double largest() const {
    if (GetParam() == "novelty") return std::log2(facts().users);
    if (GetParam() == "ild") return 2.0;
    return GetParam() == "popularity" ? 3.0 * kItems : 1.0;
  }
};

TEST_P(EveryMetric, states_its_formula_in_one_line) {
  const auto formula = at(10)->formula();
  EXPECT_TRUE(formula.starts_with(GetParam() + "@k = ")) << formula;
  EXPECT_EQ(formula.find('\n'), std::string::npos);
}

TEST_P(EveryMetric, stays_in_its_range) {
  for (const int k : {1, 5, 10, 100}) {
    const auto results = random_results(40, static_cast<std::uint64_t>(k));
    const double value = at(k)->value(results, facts());
    EXPECT_EQ(value > 0.0, k > 1 || GetParam() != "ild") << "one item has no pair";
    EXPECT_LE(value, largest());
  }
}

TEST_P(EveryMetric, is_the_mean_of_its_user_values_where_it_has_them) {
  const auto results = random_results(40, 2);
  const auto one = at(5);
  const auto values = one->user_values(results, facts());
  if (values.empty()) return;  // not a mean over users
  ASSERT_EQ(values.size(), results.size());
  const double sum = std::accumulate(values.begin(), values.end(), 0.0);
  EXPECT_NEAR(one->value(results, facts()), sum / 40.0, 1e-12);
  for (std::size_t i = 0; i < results.size(); ++i) {
    EXPECT_EQ(values[i], one->value(std::span(&results[i], 1), facts()));
  }
}

TEST_P(EveryMetric, is_0_for_no_users_and_for_empty_lists) {
  EXPECT_EQ(at(5)->value({}, facts()), 0.0);
  const std::vector<UserResult> results = {result({}, {1}), result({}, {2, 3})};
  EXPECT_EQ(at(5)->value(results, facts()), 0.0);
}

TEST_P(EveryMetric, takes_lists_shorter_than_k) {
  const std::vector<UserResult> results = {result({1, 2}, {2}), result({7}, {7, 8})};
  const double at_2 = at(2)->value(results, facts());
  EXPECT_TRUE(std::isfinite(at_2));
  EXPECT_GT(at_2, 0.0);
  EXPECT_GT(at(1000)->value(results, facts()), 0.0);
}

TEST_P(EveryMetric, looks_at_the_first_k_only) {
  auto results = random_results(40, 4);
  const double before = at(3)->value(results, facts());
  for (auto& one : results) {
    if (one.ranked.size() > 3) one.ranked.resize(3);
  }
  EXPECT_EQ(at(3)->value(results, facts()), before);
}

TEST_P(EveryMetric, does_not_depend_on_the_order_of_users) {
  auto results = random_results(40, 3);
  const double before = at(10)->value(results, facts());
  std::ranges::reverse(results);
  EXPECT_NEAR(at(10)->value(results, facts()), before, 1e-12 * largest());
}

std::vector<std::string> names() {
  Registry registry;
  register_builtin(registry);
  auto names = registry.names();
  std::erase_if(names, [&](const auto& name) { return registry.at(name).params.empty(); });
  return names;
}

INSTANTIATE_TEST_SUITE_P(Builtin, EveryMetric, ::testing::ValuesIn(names()),
                         [](const auto& info) { return info.param; });

}  // namespace

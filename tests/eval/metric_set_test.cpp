#include "medley/eval/metric_set.h"

#include "medley/core/error.h"

#include "tests/eval/results.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace medley;
using namespace medley::eval;
using namespace medley::eval::test;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

namespace {

// A metric from outside, as somebody would add it.
class FirstItem final : public Metric {
 public:
  struct Params {
    int k = 1;
    void fields(FieldVisitor& v) { v.field("k", k, {1, 100}, "not used"); }
  };
  explicit FirstItem(const Params&) {}
  std::string formula() const override { return "first@k = row of the first item"; }
  std::vector<double> user_values(std::span<const UserResult>, const ItemFacts&) const override { return {}; }
  double value(std::span<const UserResult>, const ItemFacts&) const override { return 0.0; }
};

MetricSet builtin_set(std::vector<int> cutoffs) {
  Registry registry;
  register_builtin(registry);
  return make_metrics(registry, cutoffs);
}

std::vector<std::string> keys(const MetricSet& set) {
  std::vector<std::string> out;
  for (const auto& entry : set.entries) out.push_back(entry.key);
  return out;
}

TEST(MetricSet, names_metrics_by_their_cutoffs_and_compares_recall_at_the_largest) {
  const auto set = builtin_set({10, 20, 5});
  EXPECT_EQ(set.entries.size(), 31u);
  EXPECT_THAT(std::vector(keys(builtin_set({20}))),
              ElementsAre("recall@20", "ndcg@20", "hit@20", "mrr@20", "coverage@20", "popularity@20",
                          "gini@20", "map@20", "novelty@20", "precision@20", "auc"));
  EXPECT_EQ(set.entries[set.primary].key, "recall@20");
  EXPECT_EQ(set.max_k, 20);
}

TEST(MetricSet, takes_metrics_of_vectors_where_there_are_some) {
  Registry registry;
  register_builtin(registry);
  EXPECT_THAT(keys(make_metrics(registry, std::vector{20}, true)), Contains("ild@20"));
  EXPECT_THAT(keys(make_metrics(registry, std::vector{20})), Not(Contains("ild@20")));
}

TEST(MetricSet, takes_metrics_that_are_registered_later) {
  Registry registry;
  register_builtin(registry);
  registry.add<FirstItem>("first", "row of the first item");
  EXPECT_THAT(keys(make_metrics(registry, std::vector{3})), Contains("first@3"));
}

TEST(MetricSet, refuses_no_cutoff_one_twice_and_one_out_of_range) {
  EXPECT_THROW(builtin_set({}), Error);
  EXPECT_THROW(builtin_set({10, 10}), Error);
  EXPECT_THROW(builtin_set({10, 0}), Error);
}

TEST(Measure, gives_every_metric_over_the_same_users) {
  const auto set = builtin_set({1, 2});
  std::vector<UserResult> results = {result({0, 1}, {1}, 4), result({}, {2}, 9)};
  results[0].beaten = results[1].beaten = {0.5};
  const auto run = measure(set, results, facts_of(5));
  EXPECT_THAT(run.users, ElementsAre(4, 9));
  ASSERT_EQ(run.measures.size(), set.entries.size());
  for (std::size_t m = 0; m < set.entries.size(); ++m) {
    const auto& one = run.measures[m];
    if (set.entries[m].key == "recall@2") {
      EXPECT_EQ(one.value, 0.5);
      EXPECT_THAT(one.user_values, ElementsAre(1.0, 0.0));
    }
    if (set.entries[m].key == "coverage@2") {
      EXPECT_EQ(one.value, 0.4);
      EXPECT_THAT(one.user_values, IsEmpty());
    }
  }
}

}  // namespace

#include "medley/eval/summary.h"

#include "medley/core/error.h"
#include "medley/core/rng.h"
#include "medley/eval/paired_t.h"

#include "tests/eval/results.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

using namespace medley;
using namespace medley::eval;
using namespace medley::eval::test;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

namespace {

MetricSet one_cutoff() {
  Registry registry;
  register_builtin(registry);
  return make_metrics(registry, std::vector{1});
}

// A user whose recall@1 is 1 or 0.
UserResult user(UserId id, bool hit) {
  auto out = result({hit ? 1 : 0}, {1}, id);
  out.beaten = {hit ? 1.0 : 0.0};
  return out;
}

RunMeasures run_of(const MetricSet& set, std::vector<UserResult> results) {
  return measure(set, results, facts_of(4));
}

ModelSummary summary_of(const MetricSet& set, std::vector<RunMeasures> runs) {
  ThreadPool pool(2);
  return summarize(set, runs, pool);
}

TEST(Summary, of_one_run_has_no_deviation) {
  const auto set = one_cutoff();
  const auto summary = summary_of(set, {run_of(set, {user(0, true), user(1, false)})});
  ASSERT_THAT(summary.metrics, SizeIs(11));
  EXPECT_EQ(summary.metrics[0].key, "recall@1");
  EXPECT_DOUBLE_EQ(summary.metrics[0].mean, 0.5);
  EXPECT_FALSE(summary.metrics[0].deviation.has_value());
  ASSERT_TRUE(summary.metrics[0].interval.has_value());
  EXPECT_EQ(summary.metrics[0].interval->low, 0.0);
  EXPECT_EQ(summary.metrics[0].interval->high, 1.0);
}

TEST(Summary, means_and_sample_deviations_are_over_runs) {
  const auto set = one_cutoff();
  // Recall 1/2, 1, 1/2: mean 2/3, deviation sqrt((1/36 + 4/36 + 1/36) / 2) = sqrt(1/12).
  const auto summary = summary_of(
      set, {run_of(set, {user(0, true), user(1, false)}), run_of(set, {user(0, true), user(1, true)}),
            run_of(set, {user(0, false), user(1, true)})});
  EXPECT_NEAR(summary.metrics[0].mean, 2.0 / 3.0, 1e-12);
  EXPECT_NEAR(summary.metrics[0].deviation.value(), std::sqrt(1.0 / 12.0), 1e-12);
}

TEST(Summary, averages_a_user_over_the_runs_in_which_it_occurs) {
  const auto set = one_cutoff();
  const auto summary = summary_of(
      set, {run_of(set, {user(3, true), user(1, false)}), run_of(set, {user(1, true), user(8, true)})});
  EXPECT_THAT(summary.users, ElementsAre(1, 3, 8));
  EXPECT_THAT(summary.primary, ElementsAre(0.5, 1.0, 1.0));
  EXPECT_DOUBLE_EQ(summary.metrics[0].mean, 0.75);
}

TEST(Summary, has_no_interval_for_a_metric_that_is_no_mean_over_users) {
  const auto set = one_cutoff();
  const auto summary = summary_of(set, {run_of(set, {user(0, true)})});
  for (const auto& metric : summary.metrics) {
    EXPECT_EQ(metric.interval.has_value(), metric.key != "coverage@1" && metric.key != "gini@1")
        << metric.key;
  }
}

TEST(Summary, takes_runs_without_users) {
  const auto set = one_cutoff();
  const auto summary = summary_of(set, {run_of(set, {})});
  EXPECT_EQ(summary.metrics[0].mean, 0.0);
  EXPECT_THAT(summary.users, IsEmpty());
}

TEST(Summary, refuses_no_runs_and_a_user_twice) {
  const auto set = one_cutoff();
  EXPECT_THROW(summary_of(set, {}), Error);
  EXPECT_THROW(summary_of(set, {run_of(set, {user(2, true), user(2, true)})}), Error);
  EXPECT_THROW(summary_of(set, {RunMeasures{}}), Error);
}

TEST(Compare, tests_every_pair_over_common_users_and_corrects_them_together) {
  const auto set = one_cutoff();
  std::vector<UserResult> good;
  std::vector<UserResult> bad;
  std::vector<UserResult> same;
  for (UserId u = 0; u < 40; ++u) {
    good.push_back(user(u, u % 4 != 0));
    same.push_back(user(u, u % 4 != 0));
    if (u < 30) bad.push_back(user(u, u % 4 == 1));
  }
  const auto a = summary_of(set, {run_of(set, good)});
  const auto b = summary_of(set, {run_of(set, bad)});
  const auto c = summary_of(set, {run_of(set, same)});
  const std::vector<const ModelSummary*> models = {&a, &b, &c};
  const auto tests = compare(models);
  ASSERT_THAT(tests, SizeIs(3));
  EXPECT_EQ(tests[0].a, 0u);
  EXPECT_EQ(tests[0].b, 1u);
  // u % 4 is 2 or 3 for 14 of the 30 common users: 14 differences of 1, the others 0.
  EXPECT_NEAR(tests[0].difference, 14.0 / 30.0, 1e-12);
  // 14 equal ranks of 7.5, all positive: z = (105 - 52.5) / sqrt((14*15*29 - (14^3-14)/2) / 24) = sqrt(14).
  EXPECT_NEAR(tests[0].p, std::erfc(std::sqrt(14.0 / 2.0)), 1e-12);
  EXPECT_NEAR(tests[0].p_holm, 3.0 * tests[0].p, 1e-12);
  EXPECT_NEAR(tests[0].t_p, paired_t(paired_differences(a, b)), 1e-15);
  EXPECT_LT(tests[0].t_p, 1e-4);
  EXPECT_NEAR(tests[0].t_p_holm, 3.0 * tests[0].t_p, 1e-12);
  EXPECT_EQ(tests[1].t_p, 1.0);
  EXPECT_EQ(tests[1].p, 1.0);
  EXPECT_EQ(tests[1].p_holm, 1.0);
  EXPECT_NEAR(tests[2].difference, -14.0 / 30.0, 1e-12);
}

TEST(Compare, finds_nothing_between_models_without_common_users) {
  const auto set = one_cutoff();
  const auto a = summary_of(set, {run_of(set, {user(0, true)})});
  const auto b = summary_of(set, {run_of(set, {user(1, false)})});
  const std::vector<const ModelSummary*> models = {&a, &b};
  EXPECT_EQ(compare(models).front().p, 1.0);
  EXPECT_THAT(compare({}), IsEmpty());
}

}  // namespace

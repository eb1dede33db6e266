#pragma once

#include "medley/core/thread_pool.h"
#include "medley/eval/bootstrap.h"
#include "medley/eval/metric_set.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace medley::eval {

struct MetricSummary {
  std::string key;
  double mean = 0.0;                ///< over runs
  std::optional<double> deviation;  ///< sample standard deviation over runs; absent when run once
  std::optional<Interval>
      interval;  ///< 95 % bootstrap over users; absent for metrics that are no mean over users
};

/// One model in one column, over its runs (one a seed).
struct ModelSummary {
  std::vector<MetricSummary> metrics;
  std::vector<UserId> users;    ///< of all runs, rising
  std::vector<double> primary;  ///< of the set's primary metric, one a user, averaged over the user's runs
};

/// Joins the runs of a model. Users are aligned by row number; where splits differ between runs, a user is
/// averaged over the runs in which it occurs. Throws `invalid_argument` for no runs, a user twice in one run,
/// or measures that do not belong to `metrics`.
ModelSummary summarize(const MetricSet& metrics, std::span<const RunMeasures> runs, ThreadPool& pool,
                       const BootstrapOptions& options = {});

/// A paired comparison of two models by the primary metric.
struct PairTest {
  std::size_t a = 0;  ///< positions in the list given to `compare`, a < b
  std::size_t b = 0;
  double difference = 0.0;  ///< mean of a - b over the users common to both
  double p = 1.0;           ///< Wilcoxon's signed-rank test over these users
  double p_holm = 1.0;      ///< corrected over all pairs of the list
  double t_p = 1.0;         ///< Student's t-test over the same users
  double t_p_holm = 1.0;
};

/// The primary metric of a minus that of b, one a user that both have.
std::vector<double> paired_differences(const ModelSummary& a, const ModelSummary& b);

/// Every pair of models. A pair without common users has p 1.
std::vector<PairTest> compare(std::span<const ModelSummary* const> models);

}  // namespace medley::eval

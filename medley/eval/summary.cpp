#include "medley/eval/summary.h"

#include "medley/core/error.h"
#include "medley/eval/at_k.h"
#include "medley/eval/holm.h"
#include "medley/eval/paired_t.h"
#include "medley/eval/wilcoxon.h"

#include <algorithm>
#include <cmath>

namespace medley::eval {
namespace {

void check_runs(const MetricSet& metrics, std::span<const RunMeasures> runs) {
  require(!runs.empty(), "a summary needs at least one run");
  for (const auto& run : runs) {
    require(run.measures.size() == metrics.entries.size(), "a run has {} measures, the table {} metrics",
            run.measures.size(), metrics.entries.size());
    for (const auto& one : run.measures) {
      require(one.user_values.empty() || one.user_values.size() == run.users.size(),
              "a run of {} users has {} values of a metric", run.users.size(), one.user_values.size());
    }
    auto users = run.users;
    std::ranges::sort(users);
    const auto twice = std::ranges::adjacent_find(users);
    require(twice == users.end(), "user row {} stands twice in a run", twice == users.end() ? -1 : *twice);
  }
}

std::vector<UserId> all_users(std::span<const RunMeasures> runs) {
  std::vector<UserId> users;
  for (const auto& run : runs) users.insert(users.end(), run.users.begin(), run.users.end());
  std::ranges::sort(users);
  users.erase(std::unique(users.begin(), users.end()), users.end());
  return users;
}

// Metric `m`, one value for each of `users`; empty for a metric that has none.
std::vector<double> averaged(std::span<const RunMeasures> runs, std::size_t m,
                             std::span<const UserId> users) {
  std::vector<double> sum(users.size());
  std::vector<int> count(users.size());
  for (const auto& run : runs) {
    const auto& values = run.measures[m].user_values;
    if (values.size() != run.users.size()) return {};
    for (std::size_t i = 0; i < values.size(); ++i) {
      const auto at = static_cast<std::size_t>(std::ranges::lower_bound(users, run.users[i]) - users.begin());
      sum[at] += values[i];
      ++count[at];
    }
  }
  for (std::size_t i = 0; i < sum.size(); ++i) sum[i] /= count[i];
  return sum;
}

MetricSummary over_runs(const std::string& key, std::span<const RunMeasures> runs, std::size_t m) {
  MetricSummary out;
  out.key = key;
  std::vector<double> values;
  for (const auto& run : runs) values.push_back(run.measures[m].value);
  out.mean = mean(values);
  if (values.size() > 1) {
    double squares = 0.0;
    for (const double value : values) squares += (value - out.mean) * (value - out.mean);
    out.deviation = std::sqrt(squares / static_cast<double>(values.size() - 1));
  }
  return out;
}

}  // namespace

ModelSummary summarize(const MetricSet& metrics, std::span<const RunMeasures> runs, ThreadPool& pool,
                       const BootstrapOptions& options) {
  check_runs(metrics, runs);
  ModelSummary out;
  out.users = all_users(runs);
  std::vector<std::vector<double>> columns;
  std::vector<std::size_t> column_metric;
  for (std::size_t m = 0; m < metrics.entries.size(); ++m) {
    out.metrics.push_back(over_runs(metrics.entries[m].key, runs, m));
    auto values = averaged(runs, m, out.users);
    if (m == metrics.primary) out.primary = values;
    if (values.empty()) continue;
    columns.push_back(std::move(values));
    column_metric.push_back(m);
  }
  const auto intervals = bootstrap(columns, pool, options);
  for (std::size_t c = 0; c < columns.size(); ++c) out.metrics[column_metric[c]].interval = intervals[c];
  return out;
}

std::vector<double> paired_differences(const ModelSummary& a, const ModelSummary& b) {
  std::vector<double> out;
  for (std::size_t i = 0, j = 0; i < a.users.size() && j < b.users.size();) {
    if (a.users[i] == b.users[j]) {
      out.push_back(a.primary[i++] - b.primary[j++]);
    } else if (a.users[i] < b.users[j]) {
      ++i;
    } else {
      ++j;
    }
  }
  return out;
}

std::vector<PairTest> compare(std::span<const ModelSummary* const> models) {
  std::vector<PairTest> tests;
  std::vector<double> p_values;
  std::vector<double> t_values;
  for (std::size_t a = 0; a < models.size(); ++a) {
    for (std::size_t b = a + 1; b < models.size(); ++b) {
      const auto paired = paired_differences(*models[a], *models[b]);
      tests.push_back({a, b, mean(paired), wilcoxon(paired), 1.0, paired_t(paired), 1.0});
      p_values.push_back(tests.back().p);
      t_values.push_back(tests.back().t_p);
    }
  }
  const auto adjusted = holm(p_values);
  const auto t_adjusted = holm(t_values);
  for (std::size_t i = 0; i < tests.size(); ++i) {
    tests[i].p_holm = adjusted[i];
    tests[i].t_p_holm = t_adjusted[i];
  }
  return tests;
}

}  // namespace medley::eval

#pragma once

#include "medley/eval/registry.h"

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace medley::eval {

/// The metrics of a table, each under the key by which it is printed.
struct MetricSet {
  struct Entry {
    std::string key;  ///< "recall@20"
    std::unique_ptr<Metric> metric;
  };
  std::vector<Entry> entries;  ///< metric by metric, each at every k as given
  std::size_t primary = 0;     ///< recall at the largest k: what settings are chosen by and tests compare
  int max_k = 0;
};

/// recall, ndcg, hit, mrr, coverage, popularity, then every other registered metric that takes `k`, at each
/// of `cutoffs`, then those that take no parameter once; those that read vectors only where there are some.
/// Throws `invalid_argument` for no cutoff, one twice, or one out of the metrics' range.
MetricSet make_metrics(const Registry& registry, std::span<const int> cutoffs, bool with_vectors = false);

/// One model's values in one column of one run.
struct RunMeasures {
  struct Measure {
    double value = 0.0;
    std::vector<double> user_values;  ///< one a user, or empty for a metric that is no mean over users
  };
  std::vector<UserId> users;      ///< as in the results
  std::vector<Measure> measures;  ///< one an entry of the set
};

RunMeasures measure(const MetricSet& metrics, std::span<const UserResult> results, const ItemFacts& facts);

}  // namespace medley::eval

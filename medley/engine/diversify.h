#pragma once

#include "medley/data/dataset.h"
#include "medley/engine/content.h"

#include <functional>
#include <span>
#include <vector>

namespace medley::engine {

/// The greedy re-ranking of Carbonell and Goldstein (SIGIR 1998): the next item is the one with the largest
///
///     (1 - D) * relevance  -  D * (largest similarity to those already taken, at least 0)
///
/// with relevance brought to [0, 1] over the pool (all 1 where all are equal). `relevance` has one entry a
/// candidate, in the order in which they would be listed; equal values go by that order, so that D = 0
/// changes nothing. Returns the first `k` as positions in the pool. pool x k calls of `similarity`.
std::vector<std::size_t> diversify(std::span<const double> relevance, double diversity, int k,
                                   const std::function<double(std::size_t, std::size_t)>& similarity);

/// How many candidates are looked at for a list of k: 10 k, at least 100 and at most 5000.
int diversity_pool(int k);

/// How alike two items of a dataset are: the mean of the cosines of their centred vectors over the features
/// that both have, 0 where they share none. The tables outlive it; const and thread-safe.
class ItemCosines {
 public:
  explicit ItemCosines(const Tables& tables);
  double operator()(data::ItemId a, data::ItemId b) const;

 private:
  struct Feature {
    std::shared_ptr<const data::FeatureTable> table;
    data::UnitRows unit;
  };
  std::vector<Feature> features_;
};

}  // namespace medley::engine

#pragma once

#include "medley/core/params.h"
#include "medley/eval/metric.h"

#include <algorithm>
#include <numeric>
#include <span>
#include <vector>

namespace medley::eval {

/// The parameter that metrics of ranked lists share.
struct AtK {
  int k = 20;

  void fields(FieldVisitor& v) { v.field("k", k, {1, 100000}, "length of the list that is looked at"); }
};

/// The first `k` of the list, or all of a shorter one.
inline std::span<const ItemId> top(const UserResult& result, int k) {
  return std::span(result.ranked).first(std::min(result.ranked.size(), static_cast<std::size_t>(k)));
}

inline bool is_relevant(const UserResult& result, ItemId item) {
  return std::ranges::binary_search(result.relevant, item);
}

/// Number of relevant items among the first `k`.
inline int hits(const UserResult& result, int k) {
  return static_cast<int>(
      std::ranges::count_if(top(result, k), [&](ItemId item) { return is_relevant(result, item); }));
}

/// 0 for no values.
inline double mean(std::span<const double> values) {
  if (values.empty()) return 0.0;
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

/// `of(result)` for each user.
template <class F>
std::vector<double> each_user(std::span<const UserResult> results, F of) {
  std::vector<double> values;
  values.reserve(results.size());
  for (const auto& result : results) values.push_back(of(result));
  return values;
}

}  // namespace medley::eval

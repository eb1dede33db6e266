#include "medley/eval/wilcoxon.h"

#include "medley/core/error.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <vector>

namespace medley::eval {
namespace {

constexpr std::size_t kMaxExact = 50;
constexpr std::size_t kMaxExactWithTies = 13;

// Ranks are doubled throughout, so that the mean rank of a tied group is a whole number.
struct SignedRanks {
  std::vector<std::int64_t> doubled;  // of the absolute differences that are not zero
  std::int64_t doubled_plus = 0;      // sum over the positive differences
  double tie_term = 0.0;              // sum over tied groups of t^3 - t
};

SignedRanks rank(std::vector<double> nonzero) {
  std::ranges::sort(nonzero, {}, [](double d) { return std::abs(d); });
  SignedRanks out;
  for (std::size_t begin = 0; begin < nonzero.size();) {
    std::size_t end = begin;
    std::int64_t positive = 0;
    for (; end < nonzero.size() && std::abs(nonzero[end]) == std::abs(nonzero[begin]); ++end) {
      positive += nonzero[end] > 0.0;
    }
    const auto doubled = static_cast<std::int64_t>(begin + 1 + end);  // first + last place of the group
    out.doubled.insert(out.doubled.end(), end - begin, doubled);
    out.doubled_plus += positive * doubled;
    const auto size = static_cast<double>(end - begin);
    out.tie_term += size * size * size - size;
    begin = end;
  }
  return out;
}

// The share of the 2^n sign patterns with a sum at most as large, and at least as large, as the one seen;
// the probabilities of all sums come by adding one rank at a time.
double exact(const SignedRanks& ranks) {
  std::vector<double> probability{1.0};
  for (const auto doubled : ranks.doubled) {
    const auto shift = static_cast<std::size_t>(doubled);
    std::vector<double> next(probability.size() + shift);
    for (std::size_t sum = 0; sum < probability.size(); ++sum) {
      next[sum] += 0.5 * probability[sum];
      next[sum + shift] += 0.5 * probability[sum];
    }
    probability = std::move(next);
  }
  const auto seen = static_cast<std::size_t>(ranks.doubled_plus);
  double at_most = 0.0;
  double at_least = 0.0;
  for (std::size_t sum = 0; sum < probability.size(); ++sum) {
    if (sum <= seen) at_most += probability[sum];
    if (sum >= seen) at_least += probability[sum];
  }
  return std::min(1.0, 2.0 * std::min(at_most, at_least));
}

double by_normal(const SignedRanks& ranks) {
  const auto n = static_cast<double>(ranks.doubled.size());
  const double centre = n * (n + 1.0) / 4.0;
  const double variance = (n * (n + 1.0) * (2.0 * n + 1.0) - ranks.tie_term / 2.0) / 24.0;
  const double z = (static_cast<double>(ranks.doubled_plus) / 2.0 - centre) / std::sqrt(variance);
  return std::erfc(std::abs(z) / std::numbers::sqrt2);
}

}  // namespace

double wilcoxon(std::span<const double> differences) {
  std::vector<double> nonzero;
  for (const double d : differences) {
    require(std::isfinite(d), "a difference must be finite, got {}", d);
    if (d != 0.0) nonzero.push_back(d);
  }
  if (nonzero.empty()) return 1.0;
  const bool zeros = nonzero.size() < differences.size();
  const auto ranks = rank(std::move(nonzero));
  const bool plain = !zeros && ranks.tie_term == 0.0;
  return differences.size() <= (plain ? kMaxExact : kMaxExactWithTies) ? exact(ranks) : by_normal(ranks);
}

}  // namespace medley::eval

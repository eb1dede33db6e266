#include "medley/eval/bootstrap.h"

#include "medley/core/error.h"
#include "medley/core/rng.h"

#include <algorithm>
#include <cmath>

namespace medley::eval {
namespace {

// Each draw has a generator of its own, so that blocks of draws may run on any thread.
Rng draw_rng(std::uint64_t seed, std::int64_t draw) {
  constexpr std::uint64_t kOdd = 0x9e3779b97f4a7c15;  // 2^64 / golden ratio: spreads neighbouring draws
  return Rng(seed + kOdd * (static_cast<std::uint64_t>(draw) + 1));
}

void draw_users(Rng rng, std::vector<float>& counts) {
  std::ranges::fill(counts, 0.0f);
  for (std::size_t i = 0; i < counts.size(); ++i) counts[rng.below(counts.size())] += 1.0f;
}

double weighted_mean(std::span<const double> values, std::span<const float> counts) {
  double sum = 0.0;
  for (std::size_t i = 0; i < values.size(); ++i) sum += values[i] * static_cast<double>(counts[i]);
  return sum / static_cast<double>(values.size());
}

}  // namespace

double percentile(std::span<const double> values, double share) {
  require(!values.empty() && share >= 0.0 && share <= 1.0, "no percentile {} of {} values", share,
          values.size());
  const double place = share * static_cast<double>(values.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const auto above = std::min(below + 1, values.size() - 1);
  return values[below] + (place - static_cast<double>(below)) * (values[above] - values[below]);
}

std::vector<Interval> bootstrap(std::span<const std::vector<double>> columns, ThreadPool& pool,
                                const BootstrapOptions& options) {
  require(options.draws >= 1, "a bootstrap needs at least 1 draw, got {}", options.draws);
  require(options.level > 0.0 && options.level < 1.0, "the level must be inside (0, 1), got {}",
          options.level);
  std::vector<Interval> intervals(columns.size());
  if (columns.empty() || columns.front().empty()) return intervals;
  const auto users = columns.front().size();
  for (const auto& column : columns) {
    require(column.size() == users, "columns of {} and {} users cannot share draws", users, column.size());
  }

  std::vector<std::vector<double>> means(columns.size(),
                                         std::vector<double>(static_cast<std::size_t>(options.draws)));
  parallel_for(pool, options.draws, 50, [&](std::int64_t begin, std::int64_t end) {
    std::vector<float> counts(users);
    for (auto draw = begin; draw < end; ++draw) {
      draw_users(draw_rng(options.seed, draw), counts);
      for (std::size_t c = 0; c < columns.size(); ++c) {
        means[c][static_cast<std::size_t>(draw)] = weighted_mean(columns[c], counts);
      }
    }
  });
  const double tail = (1.0 - options.level) / 2.0;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    std::ranges::sort(means[c]);
    intervals[c] = {percentile(means[c], tail), percentile(means[c], 1.0 - tail)};
  }
  return intervals;
}

}  // namespace medley::eval

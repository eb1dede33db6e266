#include "medley/eval/bootstrap.h"

#include "medley/core/error.h"
#include "medley/core/rng.h"

#include "tests/eval/fixtures.h"
#include <gtest/gtest.h>

#include <cmath>

using namespace medley;
using namespace medley::eval::test;
using eval::bootstrap;

namespace {

std::vector<double> normal_values(std::size_t n, double centre, std::uint64_t seed) {
  Rng rng(seed);
  std::vector<double> values(n);
  for (auto& value : values) value = centre + rng.normal();
  return values;
}

TEST(Bootstrap, agrees_with_the_normal_interval_of_a_mean) {
  ThreadPool pool(2);
  const std::vector<std::vector<double>> columns = {normal_values(400, 3.0, 5)};
  double mean = 0.0;
  for (const double value : columns[0]) mean += value / 400.0;
  double variance = 0.0;
  for (const double value : columns[0]) variance += (value - mean) * (value - mean) / 400.0;
  const double half = 1.959964 * std::sqrt(variance / 400.0);
  const auto interval = bootstrap(columns, pool).front();
  // The 2.5 % point of 2,000 draws has a standard error of about .06 of the mean's, .03 of `half`.
  EXPECT_NEAR(interval.low, mean - half, 0.12 * half);
  EXPECT_NEAR(interval.high, mean + half, 0.12 * half);
}

TEST(Bootstrap, does_not_depend_on_threads_but_on_the_seed) {
  ThreadPool one(1);
  ThreadPool four(4);
  const std::vector<std::vector<double>> columns = {normal_values(50, 0.0, 1)};
  const auto a = bootstrap(columns, one).front();
  const auto b = bootstrap(columns, four).front();
  const auto c = bootstrap(columns, four, {.seed = 2}).front();
  EXPECT_EQ(a.low, b.low);
  EXPECT_EQ(a.high, b.high);
  EXPECT_NE(a.low, c.low);
}

TEST(Bootstrap, draws_the_same_users_for_every_column) {
  ThreadPool pool(2);
  const auto values = normal_values(30, 0.0, 3);
  auto doubled = values;
  for (auto& value : doubled) value *= 2.0;
  const auto intervals = bootstrap(std::vector{values, doubled}, pool);
  EXPECT_DOUBLE_EQ(intervals[1].low, 2.0 * intervals[0].low);
  EXPECT_DOUBLE_EQ(intervals[1].high, 2.0 * intervals[0].high);
}

TEST(Bootstrap, has_no_width_where_all_users_are_alike) {
  ThreadPool pool(1);
  const auto interval =
      bootstrap(std::vector<std::vector<double>>{std::vector<double>(9, 0.25)}, pool).front();
  EXPECT_DOUBLE_EQ(interval.low, 0.25);
  EXPECT_DOUBLE_EQ(interval.high, 0.25);
}

TEST(Bootstrap, takes_no_users_and_refuses_columns_of_different_users) {
  ThreadPool pool(1);
  EXPECT_TRUE(bootstrap({}, pool).empty());
  const auto empty = bootstrap(std::vector<std::vector<double>>(1), pool).front();
  EXPECT_EQ(empty.low, 0.0);
  EXPECT_EQ(empty.high, 0.0);
  EXPECT_THROW(bootstrap(std::vector<std::vector<double>>{{1.0}, {1.0, 2.0}}, pool), Error);
  EXPECT_THROW(bootstrap(std::vector<std::vector<double>>{{1.0}}, pool, {.draws = 0}), Error);
}

TEST(Percentile, interpolates_as_numpy) {
  const auto lines = fixture("percentile.txt");
  ASSERT_EQ(lines.size(), 24u);
  for (const auto& line : lines) {
    EXPECT_NEAR(eval::percentile(numbers<double>(line[2]), std::stod(line[0])), std::stod(line[1]), 1e-12);
  }
}

}  // namespace

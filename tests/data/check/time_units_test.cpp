#include "medley/data/check/time_units.h"

#include "../log_builder.h"
#include <gmock/gmock.h>

#include <limits>

using namespace medley;
using namespace medley::data;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

namespace {

constexpr std::int64_t kSecond = 1'500'000'000;

CheckReport check_times(const Dataset& data) {
  CheckReport report;
  check_time_units(data, report);
  return report;
}

Dataset log_in(std::int64_t scale) {
  LogBuilder builder;
  for (int k = 0; k < 50; ++k) builder.add("a", "i" + std::to_string(k), (kSecond + 977 * k) * scale);
  return builder.build();
}

}  // namespace

TEST(GuessTimeUnit, tells_seconds_and_their_thousandths_apart) {
  for (const auto& [unit, scale] :
       {std::pair("s", 1.0), std::pair("ms", 1e3), std::pair("us", 1e6), std::pair("ns", 1e9)}) {
    const std::vector<double> values{kSecond * scale, (kSecond + 5e7) * scale, 6.4e8 * scale};
    EXPECT_EQ(guess_time_unit(values), unit);
    EXPECT_EQ(per_second(unit), static_cast<std::int64_t>(scale));
  }
}

TEST(GuessTimeUnit, forgives_one_in_a_hundred) {
  std::vector<double> values(99, kSecond);
  values.push_back(-1);
  EXPECT_EQ(guess_time_unit(values), "s");
  values.push_back(-1);
  EXPECT_EQ(guess_time_unit(values), "");
}

TEST(GuessTimeUnit, of_no_time_is_none) {
  EXPECT_EQ(guess_time_unit({}), "");
  EXPECT_EQ(guess_time_unit(std::vector<double>{1, 2, 3}), "") << "steps";
  EXPECT_EQ(guess_time_unit(std::vector<double>{1995, 2003}), "") << "years";
  EXPECT_EQ(guess_time_unit(std::vector<double>{19.99, 250, 1e6}), "") << "prices";
}

TEST(TimeUnits, of_a_log_are_guessed_and_other_than_seconds_are_a_problem) {
  const auto seconds = check_times(log_in(1));
  ASSERT_THAT(seconds.time_columns, SizeIs(1));
  EXPECT_EQ(seconds.time_columns[0].name, "time of events");
  EXPECT_EQ(seconds.time_columns[0].unit, "s");
  EXPECT_EQ(seconds.time_columns[0].values, 50);
  EXPECT_THAT(seconds.problems, IsEmpty());

  const auto thousandths = check_times(log_in(1000));
  EXPECT_EQ(thousandths.time_columns[0].unit, "ms");
  const auto* problem = thousandths.problem("times_not_in_seconds");
  ASSERT_NE(problem, nullptr);
  EXPECT_EQ(problem->count, 50);
  EXPECT_EQ(problem->examples[0], "1500000000000 looks like ms");
  EXPECT_THAT(problem->help, HasSubstr("divide by 1000 "));
}

TEST(TimeUnits, of_a_log_of_dates_are_iso) {
  auto data = log_in(1);
  data.log.iso_times = true;
  EXPECT_EQ(check_times(data).time_columns[0].unit, "ISO");
}

TEST(TimeUnits, of_a_log_that_counts_steps_are_unknown_and_no_problem_of_units) {
  const auto data = LogBuilder().add("a", "x", 1).add("a", "y", 2).add("a", "z").build();
  const auto report = check_times(data);
  EXPECT_EQ(report.time_columns[0].unit, "");
  EXPECT_EQ(report.time_columns[0].values, 2);
  EXPECT_THAT(report.problems, IsEmpty());
  EXPECT_THAT(check_times(LogBuilder().add("a", "x").build()).time_columns, IsEmpty());
}

TEST(TimeUnits, of_the_catalogue_are_guessed_where_a_column_holds_times) {
  auto data = LogBuilder().add("a", "x").add("a", "y").add("a", "z").build();
  const double nan = std::numeric_limits<double>::quiet_NaN();
  data.catalog.numbers = {
      {"price", {10, 20, nan}}, {"released", {1.5e12, nan, 1.6e12}}, {"empty", {nan, nan, nan}}};
  data.catalog.texts = {{"title", {"2001-01-01", "A Space Odyssey", ""}},
                        {"added", {"2021-03-04", "", "2021-03-05T10:00"}}};
  const auto report = check_times(data);
  ASSERT_THAT(report.time_columns, SizeIs(2));
  EXPECT_EQ(report.time_columns[0].name, "released");
  EXPECT_EQ(report.time_columns[0].unit, "ms");
  EXPECT_EQ(report.time_columns[0].values, 2);
  EXPECT_EQ(report.time_columns[1].name, "added");
  EXPECT_EQ(report.time_columns[1].unit, "ISO");
  EXPECT_THAT(report.problems, IsEmpty());
}

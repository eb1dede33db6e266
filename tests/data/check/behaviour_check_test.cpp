#include "medley/data/check/behaviour_check.h"

#include "medley/core/rng.h"

#include "../log_builder.h"
#include <gmock/gmock.h>

#include <cmath>

using namespace medley;
using namespace medley::data;
using testing::ElementsAre;
using testing::HasSubstr;

namespace {

constexpr std::int64_t kStart = 1'500'000'000;

std::vector<std::int64_t> every(std::int64_t gap, int count) {
  std::vector<std::int64_t> out;
  for (int k = 0; k < count; ++k) out.push_back(kStart + gap * k);
  return out;
}

const Problem* automatic(const Dataset& data, CheckReport& report) {
  check_behaviour(data, {}, report);
  return report.problem("automatic_users");
}

}  // namespace

TEST(AutomaticReason, is_more_than_sixty_events_in_a_minute) {
  std::vector<std::int64_t> burst(60, kStart);
  EXPECT_EQ(automatic_reason(burst, 1), "");
  burst.push_back(kStart + 59);
  EXPECT_EQ(automatic_reason(burst, 1), "61 events in a minute");
  burst.back() = kStart + 60;
  EXPECT_EQ(automatic_reason(burst, 1), "");
}

TEST(AutomaticReason, is_a_burst_only_where_the_clock_knows_minutes) {
  const std::vector<std::int64_t> one_day(100, kStart);
  EXPECT_NE(automatic_reason(one_day, 60), "");
  EXPECT_EQ(automatic_reason(one_day, 86'400), "");
}

TEST(AutomaticReason, is_gaps_that_are_all_alike) {
  EXPECT_EQ(automatic_reason(every(30, 31), 1), "100 % of 30 gaps within 10 % of 30 s");
  EXPECT_EQ(automatic_reason(every(30, 30), 1), "") << "too few gaps to tell";
  EXPECT_EQ(automatic_reason(every(3601, 100), 1), "") << "an hour and more may be a habit";
  EXPECT_EQ(automatic_reason(every(86'400, 100), 86'400), "") << "one event a day";
  EXPECT_NE(automatic_reason(every(1, 50), 1), "");
}

TEST(AutomaticReason, forgives_a_pause_in_the_night) {
  auto times = every(30, 40);
  for (std::size_t k = 20; k < times.size(); ++k) times[k] += 50'000;
  EXPECT_THAT(automatic_reason(times, 1), HasSubstr("97 % of 39 gaps"));
}

TEST(AutomaticReason, is_none_for_people) {
  // Gaps of a person spread over orders of magnitude: log-normal with a median of 20 s, in sittings.
  Rng rng(9);
  for (int person = 0; person < 300; ++person) {
    std::vector<std::int64_t> times{kStart};
    for (int k = 0; k < 200; ++k) {
      const bool pause = rng.below(15) == 0;
      times.push_back(times.back() + static_cast<std::int64_t>(std::exp(std::log(20.0) + rng.normal())) +
                      (pause ? 40'000 : 0));
    }
    EXPECT_EQ(automatic_reason(times, 1), "") << person;
  }
}

TEST(BehaviourCheck, names_the_users_and_why) {
  LogBuilder builder;
  for (int k = 0; k < 40; ++k) {
    const auto item = "i" + std::to_string(k);
    builder.add("robot", item, kStart + 15 * k);
    builder.add("person", item, kStart + 15 * k + (k * k * 7) % 13 * 9);
  }
  const auto data = builder.build();
  CheckReport report;
  const auto* problem = automatic(data, report);
  ASSERT_NE(problem, nullptr);
  EXPECT_EQ(problem->count, 1);
  EXPECT_THAT(problem->examples, ElementsAre("user 'robot': 100 % of 39 gaps within 10 % of 15 s"));
}

TEST(BehaviourCheck, reads_milliseconds_as_such) {
  LogBuilder builder;
  for (int k = 0; k < 80; ++k) {
    // A few minutes apart: in seconds they would be days.
    builder.add("person", "i" + std::to_string(k), (kStart + 200 * k + k * k % 17 * 11) * 1000);
    builder.add("robot", "i" + std::to_string(k), kStart * 1000 + 500 * k);
  }
  CheckReport report;
  const auto* problem = automatic(builder.build(), report);
  ASSERT_NE(problem, nullptr);
  EXPECT_THAT(problem->examples, ElementsAre("user 'robot': 80 events in a minute"));
}

TEST(BehaviourCheck, says_nothing_of_a_log_without_times_or_without_events) {
  LogBuilder builder;
  for (int k = 0; k < 100; ++k) builder.add("a", "i" + std::to_string(k));
  CheckReport report;
  EXPECT_EQ(automatic(builder.build(), report), nullptr);
  EXPECT_EQ(automatic(LogBuilder().build(), report), nullptr);
}

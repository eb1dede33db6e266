#include "medley/data/check/log_check.h"

#include "../log_builder.h"
#include <gmock/gmock.h>

#include <limits>

using namespace medley;
using namespace medley::data;
using testing::ElementsAre;
using testing::HasSubstr;

namespace {

constexpr std::int64_t kDay = 1'500'000'000;

CheckReport check_log(const Dataset& data, const CheckOptions& options = {}) {
  CheckReport report;
  check_log(data, options, report);
  return report;
}

double count(const CheckReport& report, const char* name) {
  const auto* found = report.count(name);
  return found ? *found : -1.0;
}

}  // namespace

TEST(LogCheck, counts_users_items_events_pairs_and_density) {
  auto data = LogBuilder()
                  .add("a", "x", kDay)
                  .add("a", "x", kDay + 1)
                  .add("b", "x", kDay)
                  .add("b", "y", kDay, "dislike")
                  .add("b", "z", kDay + 5)
                  .build();
  data.items.add("never touched");
  const auto report = check_log(data);
  EXPECT_EQ(count(report, "users"), 2);
  EXPECT_EQ(count(report, "items"), 4);
  EXPECT_EQ(count(report, "events"), 5);
  EXPECT_EQ(count(report, "pairs"), 3);
  EXPECT_EQ(count(report, "dropped_pairs"), 1);
  EXPECT_EQ(count(report, "repeated_pairs"), 1);
  EXPECT_EQ(count(report, "items_with_events"), 2);
  EXPECT_EQ(count(report, "density"), 0.75) << "3 pairs of 2 users x 2 items";
  EXPECT_EQ(count(report, "first_time"), static_cast<double>(kDay));
  EXPECT_EQ(count(report, "last_time"), static_cast<double>(kDay + 5));
  EXPECT_TRUE(report.problems.empty());
}

TEST(LogCheck, gives_the_share_of_tied_times_within_a_user) {
  const auto data = LogBuilder()
                        .add("a", "x", kDay)
                        .add("a", "y", kDay)
                        .add("a", "z", kDay + 1)
                        .add("b", "x", kDay)
                        .build();
  EXPECT_EQ(count(check_log(data), "tied_times"), 0.5) << "b's event at the same second is another user's";
  const auto timeless = LogBuilder().add("a", "x").build();
  EXPECT_EQ(check_log(timeless).count("tied_times"), nullptr);
}

TEST(LogCheck, finds_duplicates_of_user_item_kind_and_time) {
  const auto data = LogBuilder()
                        .add("ann", "cup", kDay)
                        .add("ann", "cup", kDay + 1)
                        .add("ann", "cup", kDay, "view")
                        .add("ann", "cup", kDay)
                        .build();
  const auto report = check_log(data);
  ASSERT_NE(report.problem("duplicate_events"), nullptr);
  EXPECT_EQ(report.problem("duplicate_events")->count, 1);
  EXPECT_THAT(report.problem("duplicate_events")->examples, ElementsAre("user 'ann', item 'cup'"));
}

TEST(LogCheck, finds_values_out_of_range_kind_by_kind) {
  LogBuilder builder;
  for (int k = 0; k < 20; ++k) {
    const auto item = "i" + std::to_string(k);
    builder.add("a", item, kDay, "rating", static_cast<float>(1 + k % 5));
    builder.add("a", item, kDay, "plays", static_cast<float>(100 + k * k));
  }
  builder.add("a", "slip", kDay, "rating", 50.0f);
  const auto report = check_log(builder.build());
  ASSERT_EQ(report.problems.size(), 1u);
  EXPECT_EQ(report.problems[0].code, "values_out_of_range");
  EXPECT_EQ(report.problems[0].of, "rating");
  EXPECT_THAT(report.problems[0].examples, ElementsAre(HasSubstr("item 'slip': value 50")));
}

TEST(LogCheck, holds_values_to_given_limits_and_finds_what_is_not_finite) {
  const auto data = LogBuilder()
                        .add("a", "x", kDay, "rating", 0.5f)
                        .add("a", "y", kDay, "rating", 6.0f)
                        .add("a", "z", kDay, "rating", std::numeric_limits<float>::infinity())
                        .build();
  CheckOptions options;
  options.min_value = 1.0;
  options.max_value = 5.0;
  EXPECT_EQ(check_log(data, options).problem("values_out_of_range")->count, 3);
  EXPECT_EQ(check_log(data).problem("values_out_of_range")->count, 1) << "infinity is never in range";
}

TEST(LogCheck, finds_impossible_and_missing_times) {
  const auto data = LogBuilder()
                        .add("a", "x", -5)
                        .add("a", "y", kEarliestTime - 1)
                        .add("a", "z", kEarliestTime)
                        .add("a", "v", kDay)
                        .add("a", "w", kDay * 1000)
                        .add("a", "u")
                        .build();
  CheckOptions options;
  options.now = kDay;
  const auto report = check_log(data, options);
  EXPECT_EQ(report.problem("impossible_times")->count, 2);
  EXPECT_EQ(report.problem("future_events")->count, 1);
  EXPECT_THAT(report.problem("future_events")->examples[0], HasSubstr("item 'w': time 1500000000000"));
  EXPECT_EQ(report.problem("missing_times")->count, 1);
  const auto timeless = LogBuilder().add("a", "x").build();
  EXPECT_TRUE(check_log(timeless, options).problems.empty()) << "no time at all is no fault";
}

TEST(LogCheck, an_event_is_in_the_future_from_the_second_after_now) {
  const auto data = LogBuilder().add("a", "x", kDay).add("a", "y", kDay + 1).build();
  const auto found = [&](std::optional<std::int64_t> now) {
    CheckOptions options;
    options.now = now;
    const auto report = check_log(data, options);
    const auto* problem = report.problem("future_events");
    return problem == nullptr ? 0 : problem->count;
  };
  EXPECT_EQ(found(kDay + 1), 0);
  EXPECT_EQ(found(kDay), 1);
  EXPECT_EQ(found(kDay - 1), 2);
  EXPECT_EQ(found(std::nullopt), 0) << "without a clock nothing is in the future";
}

TEST(LogCheck, of_an_empty_log_counts_zero) {
  const auto report = check_log(Dataset{});
  EXPECT_EQ(count(report, "events"), 0);
  EXPECT_EQ(count(report, "density"), 0);
  EXPECT_TRUE(report.problems.empty());
}

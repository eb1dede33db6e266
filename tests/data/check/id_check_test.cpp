#include "medley/data/check/id_check.h"

#include "../log_builder.h"
#include <gmock/gmock.h>

using namespace medley;
using namespace medley::data;
using testing::ElementsAre;
using testing::HasSubstr;

namespace {

CheckReport check_ids(const Dataset& data, std::size_t max_examples = 5) {
  CheckOptions options;
  options.max_examples = max_examples;
  CheckReport report;
  check_ids(data, options, report);
  return report;
}

}  // namespace

TEST(IdCheck, names_and_counts_ids_that_differ_by_zeros_and_the_switch_that_joins_them) {
  const auto data = LogBuilder().add("7", "0042").add("007", "42").add("8", "42.0").add("8.00", "5").build();
  const auto report = check_ids(data);
  ASSERT_EQ(report.problems.size(), 2u);
  EXPECT_EQ(report.problems[0].code, "ids_differ_by_zeros");
  EXPECT_EQ(report.problems[0].of, "users");
  EXPECT_EQ(report.problems[0].count, 2);
  EXPECT_THAT(report.problems[0].examples, ElementsAre("'7' and '007'", "'8' and '8.00'"));
  EXPECT_EQ(report.problems[1].of, "items");
  EXPECT_EQ(report.problems[1].count, 2);
  EXPECT_THAT(report.problems[1].examples, ElementsAre("'0042' and '42'", "'0042' and '42.0'"));
  EXPECT_THAT(report.problems[1].help, HasSubstr("join_ids = \"numeric\""));
}

TEST(IdCheck, leaves_other_ids_alone) {
  const auto data = LogBuilder()
                        .add("7", "70")
                        .add("07x", "7x")
                        .add("A07", "A7")
                        .add("4.10", "4.1")
                        .add("1.0.0", "1")
                        .add("-0042", "-42")
                        .add("0x10", "10")
                        .add("1e1", "0042")
                        .build();
  EXPECT_TRUE(check_ids(data).problems.empty());
}

TEST(IdCheck, does_not_mix_users_and_items) {
  EXPECT_TRUE(check_ids(LogBuilder().add("42", "0042").build()).problems.empty());
}

TEST(IdCheck, keeps_the_first_examples_and_counts_all) {
  LogBuilder builder;
  for (int k = 1; k <= 20; ++k) builder.add("u", std::to_string(k)).add("u", "0" + std::to_string(k));
  const auto report = check_ids(builder.build(), 3);
  EXPECT_EQ(report.problems[0].count, 20);
  EXPECT_EQ(report.problems[0].examples.size(), 3u);
}

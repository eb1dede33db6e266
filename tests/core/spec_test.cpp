#include "medley/core/spec.h"

#include "medley/core/error.h"

#include <gtest/gtest.h>

using namespace medley;

namespace {

std::string message_of(std::string_view text) {
  try {
    parse_specs(text);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

TEST(Spec, a_value_may_hold_specs_with_searches_of_their_own) {
  const auto spec = parse_spec("late(models=ease(lambda=[1,2])+als(factors=4), weights=1+2)");
  EXPECT_FALSE(spec.is_search());
  EXPECT_EQ(spec.values.at("models"), (std::vector<std::string>{"ease(lambda=[1,2])+als(factors=4)"}));
  EXPECT_EQ(spec.values.at("weights"), (std::vector<std::string>{"1+2"}));
}

}  // namespace

TEST(Spec, reads_names_values_and_alternatives) {
  const auto specs = parse_specs(
      "popularity, graph_filter(a=.5, c=[1+1+.5,1+1+0]), content_ridge(features=genres+text/lsa)");
  ASSERT_EQ(specs.size(), 3u);
  EXPECT_EQ(specs[0].name, "popularity");
  EXPECT_EQ(specs[1].text, "graph_filter(a=.5, c=[1+1+.5,1+1+0])");
  EXPECT_TRUE(specs[1].is_search());
  const auto all = specs[1].combinations();
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0], (ParamMap{{"a", ".5"}, {"c", "1+1+.5"}}));
  EXPECT_EQ(all[1], (ParamMap{{"a", ".5"}, {"c", "1+1+0"}}));
  EXPECT_FALSE(specs[2].is_search());
  EXPECT_EQ(specs[2].combinations().at(0).at("features"), "genres+text/lsa");
}

TEST(Spec, keeps_specs_in_a_parameter_whole) {
  const auto spec = parse_spec("late(models=ease(lambda=200)+graph_filter)");
  EXPECT_EQ(spec.values.at("models").at(0), "ease(lambda=200)+graph_filter");
}

TEST(Spec, says_where_the_fault_is) {
  EXPECT_EQ(message_of("ease(lambda)"), "spec: expected key=value at column 6, got 'lambda'");
  EXPECT_EQ(message_of("ease)"), "spec: ')' at column 5 closes nothing");
  EXPECT_EQ(message_of("a,,b"), "spec: expected a name at column 3, got ''");
  EXPECT_NE(message_of("ease(lambda=[1,2)"), "");
  EXPECT_NE(message_of("ease(lambda=1,lambda=2)"), "");
  EXPECT_NE(message_of("ease(lambda=[1,])"), "");
  EXPECT_NE(message_of("ease(lambda=)"), "");
  EXPECT_NE(message_of(""), "");
}

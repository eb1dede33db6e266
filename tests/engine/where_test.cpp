#include "medley/engine/where.h"

#include "medley/core/error.h"

#include "tests/engine/small_world.h"
#include <gmock/gmock.h>

using namespace medley;
using engine::Where;
using engine::test::error_of;
using ::testing::HasSubstr;

namespace {

/// The steps as text: "genre has Comedy; year > 1990; both".
std::string steps_of(std::string_view text) {
  const auto where = Where::parse(text);
  std::string out;
  for (const auto& step : where.steps()) {
    if (!out.empty()) out += "; ";
    switch (step.kind) {
      case Where::Step::Kind::compare:
        out += step.comparison.field + " " + std::string(to_string(step.comparison.op)) + " " +
               step.comparison.value;
        break;
      case Where::Step::Kind::negate: out += "negate"; break;
      case Where::Step::Kind::both: out += "both"; break;
      case Where::Step::Kind::either: out += "either"; break;
    }
  }
  return out;
}

std::string parse_fault(std::string_view text) {
  return error_of([&] { Where::parse(text); });
}

TEST(Where, reads_every_operator_with_and_without_spaces) {
  EXPECT_EQ(steps_of("genre has Comedy"), "genre has Comedy");
  for (const auto* op : {"=", "!=", "<", "<=", ">", ">="}) {
    const std::string text(op);
    EXPECT_EQ(steps_of("year" + text + "1990"), "year " + text + " 1990");
    EXPECT_EQ(steps_of(" year  " + text + "\t1990 "), "year " + text + " 1990");
  }
}

TEST(Where, and_binds_before_or_and_not_before_both) {
  EXPECT_EQ(steps_of("a=1 or b=2 and c=3"), "a = 1; b = 2; c = 3; both; either");
  EXPECT_EQ(steps_of("(a=1 or b=2) and c=3"), "a = 1; b = 2; either; c = 3; both");
  EXPECT_EQ(steps_of("not a=1 and b=2"), "a = 1; negate; b = 2; both");
  EXPECT_EQ(steps_of("not (a=1 and b=2)"), "a = 1; b = 2; both; negate");
  EXPECT_EQ(steps_of("NOT a=1 AND b HAS 2 Or c=3"), "a = 1; negate; b has 2; both; c = 3; either");
}

TEST(Where, takes_quoted_fields_and_values) {
  EXPECT_EQ(steps_of("'the genre' has \"Film Noir\""), "the genre has Film Noir");
  EXPECT_EQ(steps_of("title = 'it''s \"that\"'"), "title = it's \"that\"");
  EXPECT_EQ(steps_of("'not' = 'and'"), "not = and");
  EXPECT_EQ(steps_of("title = ''"), "title = ");
  EXPECT_EQ(steps_of("genre has Sci-Fi and título=日本"), "genre has Sci-Fi; título = 日本; both");
}

TEST(Where, says_at_which_column_it_is_wrong) {
  EXPECT_EQ(parse_fault("genre Comedy"),
            "where: column 7: expected has, =, !=, <, <=, > or >= after 'genre', got 'Comedy'");
  EXPECT_EQ(parse_fault("year > "), "where: column 8: expected a value, got the end");
  EXPECT_EQ(parse_fault("(year > 1990"),
            "where: column 13: expected ')' for the '(' at column 1, got the end");
  EXPECT_EQ(parse_fault("year > 1990)"), "where: column 12: expected 'and', 'or' or the end, got ')'");
  EXPECT_EQ(parse_fault("year > 1990 genre has Drama"),
            "where: column 13: expected 'and', 'or' or the end, got 'genre'");
  EXPECT_EQ(parse_fault("title = 'Big"), "where: column 9: the quote ' is never closed");
  EXPECT_EQ(parse_fault("and year > 1"),
            "where: column 1: expected a field, got 'and' (quote it if it is one)");
  EXPECT_EQ(parse_fault(""), "where: column 1: expected a field, the expression is empty");
  EXPECT_THAT(parse_fault("a ! b"), HasSubstr("column 3"));
}

TEST(Where, counts_columns_in_characters_not_bytes) {
  EXPECT_THAT(parse_fault("título ¿ x"), HasSubstr("column 8"));
  EXPECT_THAT(parse_fault("a = \xff"), HasSubstr("byte 5 is not UTF-8"));
}

TEST(Where, refuses_what_is_nested_too_deep_rather_than_running_out_of_stack) {
  EXPECT_THAT(parse_fault(std::string(100'000, '(')), HasSubstr("column 102: nested deeper than 100"));
  std::string nots;
  for (int i = 0; i < 100'000; ++i) nots += "not ";
  EXPECT_THAT(parse_fault(nots + "a=1"), HasSubstr("nested deeper than 100"));
  std::string deep(100, '(');
  EXPECT_EQ(parse_fault(deep + "a=1" + std::string(100, ')')), "");
}

}  // namespace

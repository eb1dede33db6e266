#include "medley/data/writers/cells.h"

#include "medley/data/readers/fields.h"

#include <gtest/gtest.h>

#include <limits>

using namespace medley::data;

TEST(Cells, numbers_read_back_as_they_were) {
  for (const double value : {0.1, 1.0 / 3.0, 1e300, -2.5, 5e-324, 123456789012345678.0})
    EXPECT_EQ(parse_number(number_cell(value)), value);
  for (const float value : {0.1f, 4.0f, 1e38f, -1.0f / 3.0f})
    EXPECT_EQ(parse_value(number_cell(value)), value);
  EXPECT_EQ(number_cell(4.0f), "4");
  EXPECT_EQ(number_cell(std::numeric_limits<double>::quiet_NaN()), "");
}

TEST(Cells, times_read_back_as_they_were_before_1970_and_without_a_year_of_four_digits_too) {
  EXPECT_EQ(time_cell(kNoTime), "");
  EXPECT_EQ(time_cell(1709511438), "1709511438");
  EXPECT_EQ(time_cell(0, true), "1970-01-01T00:00:00Z");
  EXPECT_EQ(time_cell(-1, true), "1969-12-31T23:59:59Z");
  EXPECT_EQ(time_cell(951827696, true), "2000-02-29T12:34:56Z");
  EXPECT_EQ(time_cell(253'402'300'800, true), "253402300800");
  for (const std::int64_t time :
       {-62'167'219'200LL, -86'400LL, -86'401LL, 951'782'400LL, 253'402'300'799LL}) {
    EXPECT_TRUE(is_iso_time(time_cell(time, true)));
    EXPECT_EQ(parse_time(time_cell(time, true)), time);
  }
}

TEST(Cells, are_quoted_where_they_need_it) {
  EXPECT_EQ(quoted_cell("plain"), "plain");
  EXPECT_EQ(quoted_cell("a,b"), "\"a,b\"");
  EXPECT_EQ(quoted_cell("a,b", '\t'), "a,b");
  EXPECT_EQ(quoted_cell("a\tb", '\t'), "\"a\tb\"");
  EXPECT_EQ(quoted_cell("say \"hi\""), "\"say \"\"hi\"\"\"");
  EXPECT_EQ(quoted_cell("two\nlines"), "\"two\nlines\"");
  EXPECT_EQ(quoted_cell(""), "");
}

TEST(Cells, keep_formulas_unless_a_spreadsheet_is_to_open_them) {
  CsvCells exact(false);
  EXPECT_EQ(exact.text("=1+1"), "=1+1");
  EXPECT_EQ(exact.defused(), 0);
  CsvCells safe(true);
  for (const char* formula : {"=1+1", "+1", "-1", "@x"})
    EXPECT_EQ(safe.text(formula), "'" + std::string(formula));
  EXPECT_EQ(safe.text("=HYPERLINK(\"x\",\"y\")"), "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"");
  EXPECT_EQ(safe.text("a=1"), "a=1");
  EXPECT_EQ(safe.text(""), "");
  EXPECT_EQ(safe.defused(), 5);
}

TEST(Cells, between_tabs_lose_what_would_break_the_line_and_count_it) {
  TabCells cells;
  EXPECT_EQ(cells.text("a\tb\r\nc"), "a b  c");
  EXPECT_EQ(cells.text("\"quoted\" title"), "'quoted\" title");
  EXPECT_EQ(cells.text("an \"inner\" quote, <b>"), "an \"inner\" quote, <b>");
  EXPECT_EQ(cells.text(""), "");
  EXPECT_EQ(cells.changed(), 2);
  EXPECT_TRUE(breaks_tabs("a\tb"));
  EXPECT_TRUE(breaks_tabs("\"a"));
  EXPECT_FALSE(breaks_tabs("a b \" c"));
}

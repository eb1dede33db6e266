#include "medley/data/readers/fields.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <ctime>

using namespace medley::data;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

namespace {

TEST(Fields, a_whole_number_is_a_time_as_it_stands) {
  EXPECT_EQ(parse_time("964982703"), 964982703);
  EXPECT_EQ(parse_time("-5"), -5);
  // Milliseconds, and neighbours that a double or a float would join: units are not guessed.
  EXPECT_EQ(parse_time("1500000000123"), 1500000000123);
  EXPECT_EQ(parse_time("9007199254740993"), 9007199254740993);
  EXPECT_EQ(parse_time(" 42 "), 42);
}

TEST(Fields, a_decimal_time_is_rounded_down_by_integer_arithmetic) {
  EXPECT_EQ(parse_time("8.81250949E8"), 881250949);
  EXPECT_EQ(parse_time("881250949.0"), 881250949);
  EXPECT_EQ(parse_time("881250949.999"), 881250949);
  EXPECT_EQ(parse_time("9007199254740993.5"), 9007199254740993);
  EXPECT_EQ(parse_time("-0.5"), -1);
  EXPECT_EQ(parse_time("-2.0"), -2);
  EXPECT_EQ(parse_time("5e-1"), 0);
  EXPECT_EQ(parse_time("-5e-3"), -1);
  EXPECT_EQ(parse_time("1e9"), 1'000'000'000);
  EXPECT_EQ(parse_time("1e19"), std::nullopt);
  EXPECT_EQ(parse_time("99999999999999999999"), std::nullopt);
}

TEST(Fields, a_date_is_utc_unless_it_writes_a_zone) {
  EXPECT_EQ(parse_time("1970-01-01"), 0);
  EXPECT_EQ(parse_time("2000-02-29"), 951782400);
  EXPECT_EQ(parse_time("2001-02-03T04:05:06Z"), 981173106);
  EXPECT_EQ(parse_time("2001-02-03 04:05:06"), 981173106);
  EXPECT_EQ(parse_time("2001-02-03 04:05:06.789 +00:00"), 981173106);
  EXPECT_EQ(parse_time("2001-02-03T13:05:06+09:00"), 981173106);
  EXPECT_EQ(parse_time("2001-02-02T23:05:06-0500"), 981173106);
  EXPECT_EQ(parse_time("2001-02-03T04:05"), 981173100);
  EXPECT_EQ(parse_time("1969-12-31T23:59:59"), -1);
}

TEST(Fields, the_zone_of_the_machine_does_not_matter) {
  const char* before = std::getenv("TZ");
  const std::string saved = before == nullptr ? "" : before;
  ::setenv("TZ", "Asia/Tokyo", 1);
  ::tzset();
  EXPECT_EQ(parse_time("2001-02-03 04:05:06"), 981173106);
  if (before == nullptr) {
    ::unsetenv("TZ");
  } else {
    ::setenv("TZ", saved.c_str(), 1);
  }
  ::tzset();
}

TEST(Fields, other_text_is_no_time) {
  for (const char* text : {"",
                           " ",
                           "now",
                           "NaN",
                           "inf",
                           "84743496 https://files",
                           "12:30",
                           "2001-02-30",
                           "2001-13-01",
                           "2001-02-03T25:00",
                           "2001-02-03T04:61",
                           "2001-02-03T04:05:06+99:00",
                           "2001-02-03T04:05:06.",
                           "1e",
                           ".",
                           "-",
                           "1.2.3",
                           "0x10",
                           "2001-02-03T",
                           "-9223372036854775808"}) {
    EXPECT_EQ(parse_time(text), std::nullopt) << text;
  }
}

TEST(Fields, a_value_is_a_finite_number) {
  EXPECT_EQ(parse_value("4.5"), 4.5f);
  EXPECT_EQ(parse_value(" +3 "), 3.0f);
  for (const char* text : {"", "nan", "NaN", "inf", "-inf", "1e39", "four", "4,5", "4.5x"}) {
    EXPECT_EQ(parse_value(text), std::nullopt) << text;
  }
}

TEST(Fields, an_id_is_neither_empty_nor_long_and_holds_no_nul) {
  EXPECT_EQ(id_fault(std::string_view("a\0b", 3), "user"), "user holds a NUL byte");
  EXPECT_THAT(id_fault("0042", "user"), IsEmpty());
  EXPECT_THAT(id_fault("", "user"), HasSubstr("user is empty"));
  EXPECT_THAT(id_fault(std::string(10'240, 'x'), "item"),
              HasSubstr("item has 10240 bytes, the limit is 1024"));
}

TEST(Fields, the_year_is_the_last_one_in_brackets) {
  EXPECT_EQ(year_of_title("Heat (1995)"), 1995);
  EXPECT_EQ(year_of_title("2001 (1968) (Remaster) (2001) "), 2001);
  EXPECT_EQ(year_of_title("(1995)"), 1995);
  EXPECT_EQ(year_of_title("Babylon 5"), std::nullopt);
  EXPECT_EQ(year_of_title("Death Note (2006-2007)"), std::nullopt);
  EXPECT_EQ(year_of_title("x (12345)"), std::nullopt);
  EXPECT_EQ(year_of_title("x (199"), std::nullopt);
  EXPECT_EQ(year_of_title("("), std::nullopt);
  EXPECT_EQ(year_of_title(""), std::nullopt);
}

TEST(Fields, values_lose_their_blanks_and_empty_ones) {
  EXPECT_THAT(split_values("Action| Sci-Fi ||War", "|"), ElementsAre("Action", "Sci-Fi", "War"));
  EXPECT_THAT(split_values("a, b", ", "), ElementsAre("a", "b"));
  EXPECT_THAT(split_values("one two", ""), ElementsAre("one two"));
  EXPECT_THAT(split_values("", "|"), IsEmpty());
}

TEST(Fields, a_flag_is_yes_or_no_in_several_words) {
  for (const auto* text : {"yes", " Yes ", "TRUE", "y", "1"}) EXPECT_EQ(parse_flag(text), true) << text;
  for (const auto* text : {"no", "False", "N", "0"}) EXPECT_EQ(parse_flag(text), false) << text;
  for (const auto* text : {"", "maybe", "2", "yes!", "on"}) EXPECT_EQ(parse_flag(text), std::nullopt) << text;
}

}  // namespace

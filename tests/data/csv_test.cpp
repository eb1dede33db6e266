#include "medley/data/csv.h"

#include "medley/core/error.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace medley;
using namespace medley::data;
using testing::ElementsAre;
using testing::HasSubstr;

namespace {

using Row = std::vector<std::string>;

/// Rows as {line, field, field...}; a bad row is {line, "BAD", reason, text}.
std::vector<Row> read(std::string_view text, CsvOptions options = {}, std::size_t expect = 0) {
  CsvReader reader(open_memory(text, "t.csv"), options);
  reader.expect_fields(expect);
  std::vector<Row> rows;
  while (reader.next()) {
    Row row{std::to_string(reader.line())};
    if (reader.good()) {
      for (const auto field : reader.fields()) row.emplace_back(field);
    } else {
      row.insert(row.end(), {"BAD", reader.reason(), std::string(reader.text())});
    }
    rows.push_back(row);
  }
  return rows;
}

std::string csv_error(std::string_view text, CsvOptions options = {}) {
  try {
    read(text, options);
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

TEST(Csv, reads_quotes_doubled_quotes_commas_and_line_breaks) {
  EXPECT_THAT(
      read("id,title\n1,\"Heat, The\"\n2,\"The \"\"Best\"\" Film\"\n3,\"two\r\nlines\"\n4,\"\"\n"),
      ElementsAre(Row{"1", "id", "title"}, Row{"2", "1", "Heat, The"}, Row{"3", "2", "The \"Best\" Film"},
                  Row{"4", "3", "two\r\nlines"}, Row{"6", "4", ""}));
}

TEST(Csv, takes_every_line_end_a_missing_last_one_and_a_byte_order_mark) {
  for (const std::string end : {"\n", "\r\n", "\r"}) {
    EXPECT_THAT(read("\xEF\xBB\xBF"
                     "a,b" +
                     end + "1,\"x\"" + end + end + "2,y"),
                ElementsAre(Row{"1", "a", "b"}, Row{"2", "1", "x"}, Row{"4", "2", "y"}))
        << testing::PrintToString(end);
  }
}

TEST(Csv, splits_at_any_delimiter) {
  const std::vector<Row> want = {{"1", "1", "a b", "", "4"}};
  for (const std::string delimiter : {",", "\t", ";", "|", "::", "<>!"}) {
    const auto text = "1" + delimiter + "a b" + delimiter + delimiter + "4";
    CsvOptions options{.delimiter = delimiter};
    EXPECT_EQ(read(text, options), want) << delimiter;
    const auto quoted = "1" + delimiter + "\"a b\"" + delimiter + delimiter + "4\n";
    EXPECT_EQ(read(quoted, options), want) << delimiter;
  }
  EXPECT_THAT(read("a,b c\n", {.delimiter = ""}), ElementsAre(Row{"1", "a,b c"}));
}

TEST(Csv, a_quote_that_is_never_closed_costs_its_own_row) {
  const auto rows = read("1,\"Heat,Crime\n2,Alien,Horror\n3,\"Tom, Jerry\",Comedy\n4,Up,Comedy\n", {}, 3);
  ASSERT_EQ(rows.size(), 4u);
  EXPECT_THAT(rows[0], ElementsAre("1", "BAD", HasSubstr("quote"), "1,\"Heat,Crime"));
  EXPECT_THAT(rows[1], ElementsAre("2", "2", "Alien", "Horror"));
  EXPECT_THAT(rows[2], ElementsAre("3", "3", "Tom, Jerry", "Comedy"));
  EXPECT_THAT(rows[3], ElementsAre("4", "4", "Up", "Comedy"));
}

TEST(Csv, a_quote_open_at_the_end_of_the_file_costs_its_own_row) {
  const auto rows = read("1,a\n2,\"b\n3,c\n", {}, 2);
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[1][1], "BAD");
  EXPECT_THAT(rows[2], ElementsAre("3", "3", "c"));
}

TEST(Csv, text_after_a_closing_quote_costs_its_own_row) {
  const auto rows = read("1,\"The \"Best\" Film\",x\n2,b,y\n", {}, 3);
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_THAT(rows[0], ElementsAre("1", "BAD", HasSubstr("text after the closing quote of field 2"),
                                   "1,\"The \"Best\" Film\",x"));
  EXPECT_THAT(rows[1], ElementsAre("2", "2", "b", "y"));
}

TEST(Csv, a_quoted_line_break_that_breaks_the_columns_is_an_open_quote) {
  // The quote of line 1 would close at the leading comma of line 2.
  const auto rows = read("1,\"a,x\n2,\", b\",y\n3,c,z\n", {}, 3);
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[0][1], "BAD");
  EXPECT_THAT(rows[1], ElementsAre("2", "2", ", b", "y"));
  EXPECT_THAT(rows[2], ElementsAre("3", "3", "c", "z"));
}

TEST(Csv, a_quote_inside_a_plain_field_is_text) {
  EXPECT_THAT(read("1,10\" plate,x\n"), ElementsAre(Row{"1", "1", "10\" plate", "x"}));
  EXPECT_THAT(read("\"a\"\tb\n", {.delimiter = "\t", .quotes = false}), ElementsAre(Row{"1", "\"a\"", "b"}));
}

TEST(Csv, an_open_quote_in_a_large_file_neither_swallows_it_nor_grows_memory) {
  std::string text = "1,\"open\n";
  const int rows = 300'000;
  for (int i = 2; i <= rows; ++i) text += std::to_string(i) + ",word\n";
  const auto got = read(text, {}, 2);
  ASSERT_EQ(got.size(), static_cast<std::size_t>(rows));
  EXPECT_EQ(got[0][1], "BAD");
  EXPECT_THAT(got.back(), ElementsAre("300000", "300000", "word"));
}

TEST(Csv, a_row_above_the_limit_is_bad_and_the_next_one_is_read) {
  CsvOptions options{.max_row_bytes = 100};
  const std::string at_limit = "1," + std::string(98, 'x');
  EXPECT_EQ(read(at_limit + "\n2,b\n", options)[0][1], "1");
  for (const std::size_t size : {99UL, 1000UL, 300'000UL, (1UL << 18) - 2, (1UL << 18) - 3, 1UL << 20}) {
    for (const std::string end : {"\n", "\r\n", "\r"}) {
      const auto rows = read("1," + std::string(size, 'x') + end + "2,b" + end, options);
      ASSERT_EQ(rows.size(), 2u) << size;
      EXPECT_THAT(rows[0], ElementsAre("1", "BAD", HasSubstr("more than 100 bytes"), testing::_));
      EXPECT_LE(rows[0][3].size(), 200u);
      EXPECT_THAT(rows[1], ElementsAre("2", "2", "b"));
    }
  }
  const auto quoted =
      read("1,\"" + std::string(60, 'x') + "\n" + std::string(60, 'y') + "\"\n2,b\n", options);
  EXPECT_EQ(quoted[0][1], "BAD");
  EXPECT_THAT(quoted.back(), ElementsAre("3", "2", "b"));
}

TEST(Csv, rows_do_not_depend_on_where_the_chunks_of_the_file_end) {
  // A chunk is 256 KiB after a head of 4 KiB: pad so that each byte of the row stands at a border once.
  const std::string row = "1,\"a\"\"b\r\nc\",\"\",d::e\r\n2,x,y,z\r\n";
  const std::size_t border = 4096 + (std::size_t{1} << 18);
  for (std::size_t shift = 0; shift <= row.size() + 2; ++shift) {
    const std::string padding(border - shift - 1, 'p');
    const auto rows = read(padding + "\n" + row, {});
    ASSERT_EQ(rows.size(), 3u) << shift;
    EXPECT_THAT(rows[1], ElementsAre("2", "1", "a\"b\r\nc", "", "d::e")) << shift;
    EXPECT_THAT(rows[2], ElementsAre("4", "2", "x", "y", "z")) << shift;
  }
}

TEST(Csv, undecodable_bytes_name_file_line_byte_and_option) {
  const auto message = csv_error("id,title\n1,Am\xC3\xA9lie\n2,caf\xE9\n");
  EXPECT_THAT(message, HasSubstr("'t.csv' line 3"));
  EXPECT_THAT(message, HasSubstr("0xe9"));
  EXPECT_THAT(message, HasSubstr("byte 6 of the line"));
  EXPECT_THAT(message, HasSubstr("encoding = \"latin-1\""));
  EXPECT_THAT(csv_error("a\n\"x\ny\xFF\"\n"), HasSubstr("line 3"));
}

TEST(Csv, latin_1_is_transcoded) {
  EXPECT_THAT(read("1,Am\xE9lie\n2,\"\xA0\xFF\"\n", {.encoding = Encoding::latin1}),
              ElementsAre(Row{"1", "1", "Am\xC3\xA9lie"}, Row{"2", "2", "\xC2\xA0\xC3\xBF"}));
}

TEST(Csv, refuses_utf_16_and_binary_files_with_the_reason) {
  EXPECT_THAT(csv_error(std::string("\xFF\xFE"
                                    "a\0,\0",
                                    6)),
              HasSubstr("UTF-16"));
  EXPECT_THAT(csv_error(std::string("\xFE\xFF\0a", 4)), HasSubstr("UTF-16"));
  EXPECT_THAT(csv_error(std::string("a,b\n1,\0\n", 8)), HasSubstr("line 2 holds a NUL byte"));
}

TEST(Csv, a_nul_byte_deep_in_a_file_costs_its_own_row) {
  std::string text;
  for (int i = 0; i < 2000; ++i) text += "1,2\n";
  const auto line = std::to_string(2001);
  text += std::string("1,\0\n", 4) + "3,4\n";
  const auto rows = read(text);
  ASSERT_EQ(rows.size(), 2002u);
  EXPECT_THAT(rows[2000], ElementsAre(line, "BAD", HasSubstr("NUL"), testing::_));
  EXPECT_THAT(rows[2001], ElementsAre("2002", "3", "4"));
}

TEST(Csv, empty_text_has_no_rows) {
  EXPECT_TRUE(read("").empty());
  EXPECT_TRUE(read("\n\r\n\r").empty());
  EXPECT_TRUE(read("\xEF\xBB\xBF").empty());
}

TEST(Csv, text_is_cut_between_characters) {
  EXPECT_EQ(cut_text("ab\xC3\xA9", 3), "ab");
  EXPECT_EQ(cut_text("ab\xC3\xA9", 4), "ab\xC3\xA9");
  EXPECT_EQ(cut_text("abc", 2), "ab");
}

}  // namespace

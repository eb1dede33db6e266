#include "medley/data/readers/table.h"

#include "tests/data/readers/recorder.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace medley;
using namespace medley::data;
using testing::ElementsAre;
using testing::HasSubstr;

namespace {

/// First fields of the good rows.
std::vector<std::string> rows_of(const std::string& text, TableOptions options, Recorder& recorder) {
  TempFolder folder;
  QuietServices quiet(1);
  const Services services = quiet;
  TableReader table(folder.write("t.csv", text), std::move(options), recorder, services);
  std::vector<std::string> rows;
  while (table.next()) rows.emplace_back(table.field(0));
  return rows;
}

std::string table_error(const std::string& text, TableOptions options = {}) {
  Recorder recorder;
  return error_of([&] { rows_of(text, options, recorder); });
}

TEST(Table, rows_with_too_few_or_too_many_fields_go_to_the_sink) {
  Recorder recorder;
  EXPECT_THAT(rows_of("a,b\n1,2\n3\n4,5,6\n7,8\n", {}, recorder), ElementsAre("1", "7"));
  ASSERT_EQ(recorder.bads.size(), 2u);
  EXPECT_EQ(recorder.bads[0].line, 3);
  EXPECT_EQ(recorder.bads[0].reason, "1 fields, 2 expected");
  EXPECT_EQ(recorder.bads[0].text, "3");
  EXPECT_THAT(recorder.bads[0].file, HasSubstr("t.csv"));
  EXPECT_EQ(recorder.bads[1].line, 4);
  EXPECT_EQ(recorder.bads[1].reason, "3 fields, 2 expected");
}

TEST(Table, a_row_with_a_nul_goes_to_the_sink) {
  // Near its start a NUL tells a file that is no text.
  std::string text = "a,b\n";
  while (text.size() < 5000) text += "1,2\n";
  Recorder recorder;
  rows_of(text + "3,x" + std::string(1, '\0') + "y\n4,5\n", {}, recorder);
  ASSERT_EQ(recorder.bads.size(), 1u);
  EXPECT_EQ(recorder.bads[0].reason, "the row holds a NUL byte");
}

TEST(Table, finds_the_delimiter_by_the_columns_that_are_wanted) {
  EXPECT_EQ(find_delimiter("user,item", {}), ",");
  EXPECT_EQ(find_delimiter("user\titem", {}), "\t");
  EXPECT_EQ(find_delimiter("user;item;a,b", {}), ";");
  EXPECT_EQ(find_delimiter("user::item", {}), "::");
  EXPECT_EQ(find_delimiter("user,a;b;c;d,item", {"user", "item"}), ",");
  EXPECT_EQ(find_delimiter("\"user\"|\"item\"", {"user", "item"}), "|");
  EXPECT_EQ(find_delimiter("user", {}), ",");
}

TEST(Table, a_header_with_another_separator_than_its_rows_is_named) {
  EXPECT_THAT(table_error("a;b;c\n1,2,3\n"),
              HasSubstr("line 2: ';' expected between fields, as in the header, ',' seen"));
  EXPECT_THAT(table_error("a,b,c\n1\t2\t3\n"),
              HasSubstr("line 2: ',' expected between fields, as in the header, tab seen"));
  EXPECT_THAT(table_error("a,b\n1 2\n"), HasSubstr("space seen"));
  EXPECT_THAT(table_error("a;b\n1;2\n", {.delimiter = ","}),
              HasSubstr("line 1: ',' expected between fields, ';'"));
}

TEST(Table, a_row_of_another_separator_after_good_ones_is_a_bad_row) {
  Recorder recorder;
  EXPECT_THAT(rows_of("a,b\n1,2\n3;4\n5,6\n", {}, recorder), ElementsAre("1", "5"));
  EXPECT_EQ(recorder.bads.size(), 1u);
}

TEST(Table, refuses_an_empty_file_and_a_column_named_twice) {
  EXPECT_THAT(table_error(""), HasSubstr("is empty"));
  EXPECT_THAT(table_error("\n\n"), HasSubstr("is empty"));
  EXPECT_THAT(table_error("a,b,a\n"), HasSubstr("column 'a' twice"));
  EXPECT_THAT(table_error("\"a,b\n1,2\n"), HasSubstr("line 1: the header cannot be read"));
}

TEST(Table, a_missing_column_names_the_nearest_and_the_option) {
  TempFolder folder;
  Recorder recorder;
  QuietServices quiet(1);
  const Services services = quiet;
  const TableReader table(folder.write("t.csv", "userId,movieId\n"), {}, recorder, services);
  const auto error = error_of([&] { (void)table.need("userid", "[import] user"); });
  EXPECT_THAT(error, HasSubstr("no column 'userid' (nearest: 'userId')"));
  EXPECT_THAT(error, HasSubstr("[import] user"));
}

TEST(Table, stops_when_it_is_cancelled) {
  TempFolder folder;
  Recorder recorder;
  QuietServices quiet(1);
  const Services services = quiet;
  std::string text = "a,b\n";
  for (int i = 0; i < 10'000; ++i) text += "1,2\n";
  TableReader table(folder.write("t.csv", text), {}, recorder, services);
  quiet.cancel().set();
  const auto read_all = [&] {
    while (table.next()) {
    }
  };
  EXPECT_THROW(read_all(), Error);
}

}  // namespace

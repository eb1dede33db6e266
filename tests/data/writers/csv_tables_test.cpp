#include "export_run.h"
#include <gmock/gmock.h>

using namespace medley;
using namespace medley::data;
using testing::HasSubstr;

namespace {

const char* const kHostile = "a \"quoted\", <b onclick='x'>\r\nsecond\tline";

Dataset shop() {
  auto data = LogBuilder().add("u", "=cmd()", 5, "view", 2.5f).add("-v", "y", kNoTime, "cart").build();
  catalogue_row(data, "=cmd()");
  catalogue_row(data, "z");
  data.catalog.texts = {{"title", {kHostile, "", "Z"}}};
  data.catalog.categories = {{"genre", {{"a|b", "c"}, {}, {}}}};
  data.catalog.numbers = {{"price", {0.1, std::numeric_limits<double>::quiet_NaN(), 2}}};
  data.catalog.availability = {{true, 10, kNoTime}, {}, {false, kNoTime, kNoTime}};
  return data;
}

}  // namespace

TEST(CsvTables, write_every_value_as_it_is) {
  const ExportRun run("csv", shop());
  EXPECT_EQ(run.text("events.csv"), "user,item,value,time,kind\nu,=cmd(),2.5,5,view\n");
  EXPECT_EQ(run.text("events_without_time.csv"), "user,item,value,kind\n-v,y,1,cart\n");
  EXPECT_EQ(run.text("catalog.csv"),
            "id,title,genre,price,available,available_from\n"
            "=cmd(),\"a \"\"quoted\"\", <b onclick='x'>\r\nsecond\tline\",a|b;c,0.1,yes,10\n"
            "z,Z,,2,no,\n");
  EXPECT_EQ(run.noted("without a time"), 1);
  EXPECT_EQ(run.noted("apostrophe"), 0);
}

TEST(CsvTables, put_an_apostrophe_before_formulas_where_a_spreadsheet_opens_them) {
  const ExportRun run("csv", shop(), {.spreadsheet_safe = true});
  EXPECT_EQ(run.text("events.csv"), "user,item,value,time,kind\nu,'=cmd(),2.5,5,view\n");
  EXPECT_EQ(run.text("events_without_time.csv"), "user,item,value,kind\n'-v,y,1,cart\n");
  EXPECT_THAT(run.text("catalog.csv"), HasSubstr("\n'=cmd(),"));
  EXPECT_EQ(run.noted("apostrophe"), 3);
}

TEST(CsvTables, of_dates_are_dates) {
  auto data = LogBuilder().add("u", "x", 86'400).build();
  data.log.iso_times = true;
  EXPECT_EQ(ExportRun("csv", data).text("events.csv"), "user,item,value,time\nu,x,1,1970-01-02T00:00:00Z\n");
}

TEST(CsvTables, have_no_catalogue_where_there_is_none) {
  const ExportRun run("csv", LogBuilder().add("u", "x").build());
  EXPECT_FALSE(run.has("catalog.csv"));
  EXPECT_THAT(run.text("medley.toml"), Not(HasSubstr("[catalog]")));
}

TEST(CsvTables, say_that_parts_have_no_column) {
  const auto data = LogBuilder().add("u", "x").label(Part::train).build();
  EXPECT_EQ(ExportRun("csv", data).noted("no column"), 1);
}

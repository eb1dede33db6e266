#include "medley/data/drop_rows.h"

#include "medley/core/error.h"
#include "medley/core/file.h"

#include "temp_folder.h"
#include <gtest/gtest.h>

using namespace medley;
using namespace medley::data;

namespace {

bool names_ann(const CsvReader& row, std::int64_t) {
  return row.text().find("ann") != std::string_view::npos;
}

}  // namespace

TEST(DropRows, keeps_the_others_as_they_stand) {
  TempFolder folder;
  const auto path = folder.write("q.csv", "a,b\n1,\"x\n\"\"y\"\"\"\r\n2,\"ann\n3,4\"\n5,\"open\n6,ann\n7,8");
  const auto count = drop_rows(path, {}, names_ann);
  EXPECT_EQ(count.dropped, 2);
  EXPECT_EQ(count.kept, 4);
  EXPECT_EQ(read_file(path, 1000), "a,b\n1,\"x\n\"\"y\"\"\"\n5,\"open\n7,8\n");
}

TEST(DropRows, does_not_touch_a_file_without_such_a_row) {
  TempFolder folder;
  const auto path = folder.write("q.csv", "a,b\r\n\r\n1,2");
  EXPECT_EQ(drop_rows(path, {}, names_ann).dropped, 0);
  EXPECT_EQ(read_file(path, 1000), "a,b\r\n\r\n1,2");
}

TEST(DropRows, counts_the_rows_before_each) {
  TempFolder folder;
  const auto path = folder.write("q.csv", "h\n1\n2\n3\n");
  drop_rows(path, {}, [](const CsvReader&, std::int64_t before) { return before == 0 || before == 2; });
  EXPECT_EQ(read_file(path, 1000), "1\n3\n");
}

TEST(DropRows, refuses_a_row_that_it_could_not_keep_whole) {
  TempFolder folder;
  const auto text = "ann\n" + std::string(100, 'x') + "\n";
  const auto path = folder.write("q.csv", text);
  EXPECT_THROW(drop_rows(path, {.delimiter = "", .quotes = false, .max_row_bytes = 50}, names_ann), Error);
  EXPECT_EQ(read_file(path, 1000), text);
}

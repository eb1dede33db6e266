#include "medley/data/quarantine.h"

#include "medley/core/error.h"
#include "medley/core/file.h"

#include "temp_folder.h"
#include <gmock/gmock.h>

using namespace medley;
using namespace medley::data;
using testing::ElementsAre;

TEST(Quarantine, writes_file_line_reason_text_and_user_as_csv) {
  TempFolder folder;
  Quarantine quarantine;
  quarantine.add(
      {"ratings.csv", 522, "time '84743496 https' is not a number", "5,39,3.0,84743496 https", "5"});
  quarantine.add({"a,b.csv", 7, "a broken quote", "x,\"y\nz"});
  const auto file = folder.path() / "quarantine.csv";
  quarantine.write(file);
  EXPECT_EQ(read_file(file, 1000),
            "file,line,reason,text,user\n"
            "ratings.csv,522,time '84743496 https' is not a number,\"5,39,3.0,84743496 https\",5\n"
            "\"a,b.csv\",7,a broken quote,\"x,\"\"y\nz\",\n");
}

TEST(Quarantine, counts_by_reason_without_the_values) {
  Quarantine quarantine;
  quarantine.add({"f", 1, "value 'x' is not a number", ""});
  quarantine.add({"f", 2, "value 'it's' is not a number", ""});
  quarantine.add({"f", 3, "too few fields", ""});
  EXPECT_THAT(quarantine.by_reason(), ElementsAre(testing::Pair("too few fields", 1),
                                                  testing::Pair("value '...' is not a number", 2)));
}

TEST(Quarantine, keeps_a_bounded_number_of_rows_and_reasons_but_counts_all) {
  TempFolder folder;
  Quarantine quarantine(3);
  for (int k = 0; k < 1000; ++k) quarantine.add({"f", k, "reason " + std::to_string(k), "text"});
  EXPECT_EQ(quarantine.count(), 1000);
  EXPECT_EQ(quarantine.rows().size(), 3u);
  EXPECT_EQ(quarantine.by_reason().size(), Quarantine::kMaxReasons + 1);
  EXPECT_EQ(quarantine.by_reason().at(Quarantine::kOtherReasons), 800);
}

TEST(Quarantine, stays_text_whatever_a_row_holds) {
  TempFolder folder;
  Quarantine quarantine;
  const std::string nul(1, '\0');
  quarantine.add({"f", 1, "bad " + nul, "a" + nul + nul + "b", "u" + nul});
  const auto file = folder.path() / "quarantine.csv";
  quarantine.write(file);
  EXPECT_EQ(read_file(file, 1000), "file,line,reason,text,user\nf,1,bad \uFFFD,a\uFFFD\uFFFDb,u\uFFFD\n");
}

TEST(Quarantine, replaces_the_file_of_the_import_before) {
  TempFolder folder;
  const auto file = folder.write("quarantine.csv", "old");
  Quarantine quarantine;
  quarantine.add({"f", 1, "bad", "row"});
  quarantine.write(file);
  EXPECT_EQ(read_file(file, 1000), "file,line,reason,text,user\nf,1,bad,row,\n");
  Quarantine().write(file);
  EXPECT_FALSE(std::filesystem::exists(file)) << "no bad row: no file";
  Quarantine().write(file);
  EXPECT_THROW(quarantine.write(folder.path() / "no" / "q.csv"), Error);
}

#include "medley/data/split/split_file.h"

#include "medley/core/error.h"
#include "medley/data/csv.h"

#include "../log_builder.h"
#include "../temp_folder.h"
#include <gmock/gmock.h>

#include <charconv>
#include <cstdlib>

using namespace medley;
using namespace medley::data;
using testing::ElementsAre;
using testing::HasSubstr;

namespace {

Dataset small_log() {
  return LogBuilder().add("a", "0042", 1).add("a", "42", 2).add("b", "0042", 3).add("b", "x y", 4).build();
}

std::string message_of(const std::filesystem::path& path, const Dataset& data) {
  try {
    read_split_file(path, data);
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

}  // namespace

TEST(SplitFile, of_items_moves_all_events_of_an_item) {
  TempFolder folder;
  const auto data = small_log();
  const auto file =
      folder.write("cold.csv", "movieId,set\r\n0042,train\r\n42,valid\r\nx y,test\r\nzz,test\r\n");
  const auto split = read_split_file(file, data);
  EXPECT_THAT(split.parts, ElementsAre(Part::train, Part::valid, Part::train, Part::test));
  EXPECT_THAT(split.items, ElementsAre(Part::train, Part::valid, Part::test));
  EXPECT_EQ(split.rows, 4);
  EXPECT_EQ(split.rows_outside_log, 1);
  EXPECT_EQ(split.pairs_outside_file, 0);
}

TEST(SplitFile, of_pairs_leaves_what_it_does_not_name_unused) {
  TempFolder folder;
  const auto data = small_log();
  const auto file =
      folder.write("pairs.csv", "who,what,set\na,0042,train\na,42,test\nb,0042,valid\na,x y,test\n");
  const auto split = read_split_file(file, data);
  EXPECT_THAT(split.parts, ElementsAre(Part::train, Part::test, Part::valid, Part::none));
  EXPECT_TRUE(split.items.empty());
  EXPECT_EQ(split.rows_outside_log, 1) << "a never touched 'x y'";
  EXPECT_EQ(split.pairs_outside_file, 1);
}

TEST(SplitFile, counts_an_item_of_the_catalogue_without_events_as_outside_the_log) {
  TempFolder folder;
  auto data = small_log();
  data.items.add("only in the catalogue");
  const auto file = folder.write("c.csv", "item,set\nonly in the catalogue,test\n0042,train\n");
  const auto split = read_split_file(file, data);
  EXPECT_EQ(split.rows_outside_log, 1);
  EXPECT_EQ(split.pairs_outside_file, 2);
}

TEST(SplitFile, refuses_what_contradicts_itself_with_file_and_line) {
  TempFolder folder;
  const auto data = small_log();
  EXPECT_THAT(message_of(folder.write("a.csv", "item,set\n42,train\n42,test\n"), data),
              HasSubstr("a.csv:3: '42' is in another part already"));
  EXPECT_THAT(message_of(folder.write("b.csv", "user,item,set\na,42,train\nb,0042,test\na,42,valid\n"), data),
              HasSubstr("b.csv:4: 'a' with item '42' is in another part already"));
}

TEST(SplitFile, refuses_rows_that_it_cannot_read) {
  TempFolder folder;
  const auto data = small_log();
  EXPECT_THAT(message_of(folder.write("a.csv", "item,set\n42,training\n"), data),
              HasSubstr("a.csv:2: set 'training' is not train, valid, test or history"));
  EXPECT_THAT(message_of(folder.write("b.csv", "item,set\n42\n"), data), HasSubstr("b.csv:2: 1 fields"));
  EXPECT_THAT(message_of(folder.write("c.csv", "42,train\n"), data), HasSubstr("header is missing"));
  EXPECT_THAT(message_of(folder.write("d.csv", "a,b,c,d\n"), data), HasSubstr("got 4 columns"));
  EXPECT_THAT(message_of(folder.write("e.csv", ""), data), HasSubstr("empty"));
  EXPECT_THAT(message_of(folder.path() / "none", data), HasSubstr("none.train.tsv' is there"));
  EXPECT_THAT(message_of(folder.path(), data), HasSubstr("no split"));
}

TEST(SplitFile, written_is_read_back_the_same) {
  TempFolder folder;
  const auto data = ring_log(20, 30, 12);
  const auto parts = split_random(data);
  write_split(folder.path() / "r.7", data, parts);
  const auto split = read_split_file(folder.path() / "r.7", data);
  EXPECT_EQ(split.parts, parts);
  EXPECT_EQ(split.rows, 240);
  EXPECT_EQ(split.rows_outside_log, 0);
}

TEST(SplitFile, written_holds_user_item_and_time_of_the_last_event) {
  TempFolder folder;
  const auto data = LogBuilder().add("a", "x", 5).add("a", "y", 6).add("a", "x", 9).build();
  write_split(folder.path() / "s", data, Parts{Part::train, Part::test, Part::train});
  EXPECT_EQ(read_file(folder.path() / "s.train.tsv", 100), "a\tx\t9\n");
  EXPECT_EQ(read_file(folder.path() / "s.valid.tsv", 100), "");
  EXPECT_EQ(read_file(folder.path() / "s.test.tsv", 100), "a\ty\t6\n");
}

TEST(SplitFile, a_split_with_histories_has_a_file_of_them_and_comes_back) {
  TempFolder folder;
  const auto data = LogBuilder().add("a", "x", 5).add("a", "y", 6).add("b", "x", 9).add("b", "y", 10).build();
  const Parts parts{Part::train, Part::train, Part::history, Part::test};
  write_split(folder.path() / "s", data, parts);
  EXPECT_EQ(read_file(folder.path() / "s.history.tsv", 100), "b\tx\t9\n");
  EXPECT_EQ(read_split_file(folder.path() / "s", data).parts, parts);
  write_split(folder.path() / "s", data, Parts{Part::train, Part::train, Part::train, Part::test});
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "s.history.tsv")) << "of an earlier split";
  const auto file = folder.write("s.csv", "user,item,set\na,x,train\na,y,train\nb,x,history\nb,y,test\n");
  EXPECT_EQ(read_split_file(file, data).parts, parts);
}

TEST(SplitFile, refuses_to_write_ids_that_would_not_come_back) {
  TempFolder folder;
  const auto data = LogBuilder().add("a\tb", "x").build();
  EXPECT_THROW(write_split(folder.path() / "s", data, Parts{Part::train}), Error);
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "s.train.tsv"));
}

namespace {

/// The log of a real data set, columns user, item and time at the given places.
Dataset real_log(const std::filesystem::path& file, const char* delimiter, std::size_t time_column) {
  CsvOptions options;
  options.delimiter = delimiter;
  CsvReader reader(open_file(file), options);
  LogBuilder builder;
  reader.next();
  while (reader.next()) {
    const auto& fields = reader.fields();
    std::int64_t time = 0;
    const auto text = fields[time_column];
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), time);
    if (error == std::errc() && end == text.data() + text.size()) builder.add(fields[0], fields[1], time);
  }
  return builder.build();
}

class RealSplitFile : public testing::Test {
 protected:
  void SetUp() override {
    const char* folder = std::getenv("MEDLEY_DATA");
    if (!folder || !std::filesystem::is_directory(folder)) GTEST_SKIP() << "MEDLEY_DATA names no folder";
    data_ = folder;
  }
  std::filesystem::path data_;
};

}  // namespace

TEST_F(RealSplitFile, item_cold_of_the_films_has_its_counts) {
  const auto data = real_log(data_ / "movies/ratings.csv", ",", 3);
  ASSERT_EQ(data.log.events.size(), 100'835u);
  const auto split = read_split_file(data_ / "movies/item_cold_split.csv", data);
  EXPECT_EQ(std::ranges::count(split.items, Part::train), 7780);
  EXPECT_EQ(std::ranges::count(split.items, Part::valid), 972);
  EXPECT_EQ(std::ranges::count(split.items, Part::test), 972);
  EXPECT_EQ(split.pairs_outside_file, 0);
  const auto test = part_of(data, split.parts, Part::test);
  int users = 0;
  for (UserId user = 0; user < test.users; ++user) users += !test.items_of(user).empty();
  EXPECT_EQ(users, 601);
}

TEST_F(RealSplitFile, a_prefix_of_recbole_has_its_counts) {
  const auto data = real_log(data_ / "ml-100k/ml-100k.inter", "\t", 3);
  const auto split = read_split_file(data_ / "ml-100k/recbole_splits/B", data);
  const auto counts = count_pairs(data, split.parts);
  EXPECT_EQ(counts.train, 80'808);
  EXPECT_EQ(counts.valid, 9'596);
  EXPECT_EQ(counts.test, 9'596);
  EXPECT_EQ(counts.none, 0);
  const auto own = count_pairs(data, split_random(data));
  EXPECT_EQ(own.train, counts.train) << "sizes are rounded as RecBole rounds them";
  EXPECT_EQ(own.valid, counts.valid);
  EXPECT_EQ(own.test, counts.test);
}

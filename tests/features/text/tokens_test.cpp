#include "medley/core/error.h"

#include "tests/features/items.h"
#include <gmock/gmock.h>

#include <filesystem>

namespace medley::features::test {
namespace {

using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;

Items catalogue() {
  Items items;
  items.add({"red red red shirt"}).add({"blue shirt"}).add({""}).add({"...", "😀"});
  return items;
}

TEST(TextTokens, numbers_words_by_how_often_they_occur_and_fills_up_on_the_left) {
  const auto items = catalogue();
  const auto extractor = fitted("text/tokens", items, {{"length", "6"}});
  const auto rows = transform(*extractor, items.all());
  // red 3 times: 2; shirt twice: 3; blue once: 4.
  EXPECT_THAT(row(rows, 0), ElementsAre(0, 0, 2, 2, 2, 3));
  EXPECT_THAT(row(rows, 1), ElementsAre(0, 0, 0, 0, 4, 3));
  EXPECT_THAT(rows.present, ElementsAre(1, 1, 0, 0));
  EXPECT_EQ(rows.notes[3], "no usable words");
  EXPECT_TRUE(std::holds_alternative<math::BasicMatrix<std::int32_t>>(rows.rows));
}

TEST(TextTokens, cuts_a_longer_text_on_the_left) {
  const auto items = catalogue();
  const auto rows = transform(*fitted("text/tokens", items, {{"length", "2"}}), items.all());
  EXPECT_THAT(row(rows, 0), ElementsAre(2, 3));
}

TEST(TextTokens, a_word_outside_the_vocabulary_is_1) {
  const auto items = catalogue();
  const auto extractor = fitted("text/tokens", items, {{"vocabulary", "4"}, {"length", "3"}});
  Items later;
  later.add({"green red shirt"}).add({"blue"}).add({"unheard of"});
  const auto rows = transform(*extractor, later.all());
  EXPECT_THAT(row(rows, 0), ElementsAre(1, 2, 3));
  EXPECT_THAT(row(rows, 1), ElementsAre(0, 0, 1)) << "the vocabulary holds two words";
  EXPECT_THAT(row(rows, 2), ElementsAre(0, 1, 1));
  EXPECT_THAT(rows.present, ElementsAre(1, 1, 1)) << "it has words, though none that is known";
}

TEST(TextTokens, equally_frequent_words_are_numbered_by_name) {
  Items items;
  items.add({"pear apple fig"});
  EXPECT_THAT(row(transform(*fitted("text/tokens", items, {{"length", "3"}}), items.all()), 0),
              ElementsAre(4, 2, 3));
}

TEST(TextTokens, keeps_function_words_and_the_order_of_a_sentence) {
  Items items;
  items.add({"the end of the road"});
  EXPECT_THAT(row(transform(*fitted("text/tokens", items, {{"length", "5"}}), items.all()), 0),
              ElementsAre(2, 3, 4, 2, 5));
}

TEST(TextTokens, a_megabyte_of_text_is_one_row_of_its_end) {
  std::string text;
  while (text.size() < std::size_t{1} << 20) text += "start ";
  Items items;
  items.add({text + "<b>the last</b> words"});
  const auto values = row(transform(*fitted("text/tokens", items, {{"length", "4"}}), items.all()), 0);
  EXPECT_EQ(values[0], 2);
  EXPECT_THAT(values, ::testing::Not(Contains(0)));
}

TEST(TextTokens, of_only_stop_words_there_is_no_row_where_they_are_left_out) {
  Items items;
  items.add({"the of and"}).add({"shirt"});
  const auto rows = transform(*fitted("text/tokens", items, {{"stop_words", "auto"}}), items.all());
  EXPECT_EQ(rows.present[0], 0);
  EXPECT_THAT(row(rows, 0), Each(0));
}

TEST(TextTokens, a_state_with_a_word_twice_is_refused) {
  const auto path = std::filesystem::path(::testing::TempDir()) / "tokens.state";
  ArchiveWriter writer(path, "features");
  writer.put_text("home", "en");
  writer.put_texts("terms", std::vector<std::string>{"a", "a"});
  writer.commit();
  EXPECT_THROW(make("text/tokens")->load(ArchiveReader(path, "features")), Error);
}

TEST(TextTokens, refuses_a_vocabulary_without_room_for_a_word) {
  EXPECT_THROW(make("text/tokens", {{"vocabulary", "2"}}), Error);
}

}  // namespace
}  // namespace medley::features::test

#include "medley/features/text/vocabulary.h"

#include "tests/features/items.h"
#include <gmock/gmock.h>

#include <cmath>

namespace medley::features::test {
namespace {

using ::testing::ElementsAre;

TEST(Vocabulary, weights_by_hand) {
  Items items;
  items.add({"red red shirt"}).add({"shirt"});
  Vocabulary vocabulary({});
  QuietServices services(1);
  vocabulary.fit(items.blocks(), services);
  EXPECT_THAT(vocabulary.terms(), ElementsAre("red", "shirt"));
  // idf: ln(3/2) + 1 for red, 1 for shirt; red occurs twice.
  const double red = 2 * (std::log(1.5) + 1), length = std::sqrt(red * red + 1);
  const auto values = row(vocabulary.transform(items.all(), services), 0);
  EXPECT_NEAR(values[0], red / length, 1e-7);
  EXPECT_NEAR(values[1], 1 / length, 1e-7);
}

TEST(Vocabulary, is_the_same_whatever_the_number_of_threads) {
  Items items;
  for (int i = 0; i < 1000; ++i)
    items.add({"word" + std::to_string(i % 37) + " item" + std::to_string(i % 11)});
  Vocabulary one({}), three({});
  QuietServices single(1), several(3);
  one.fit(items.blocks(), single);
  three.fit(items.blocks(), several);
  EXPECT_EQ(one.terms(), three.terms());
  EXPECT_EQ(std::get<math::Csr>(one.transform(items.all(), single).rows).values,
            std::get<math::Csr>(three.transform(items.all(), several).rows).values);
}

TEST(Vocabulary, fitting_and_transforming_in_one_go_gives_the_rows_of_two) {
  Items items;
  for (int i = 0; i < 700; ++i)
    items.add(
        {"word" + std::to_string(i % 37) + " rare" + std::to_string(i) + " word" + std::to_string(i % 5)});
  items.add({""}).add({"the"}).add({"once"}).add({"\xff"});
  TextParams params;
  params.min_df = 2;
  params.sublinear_tf = true;
  params.ngram_max = 2;
  Vocabulary one(params), two(params);
  QuietServices services(2);
  const auto together = one.fit_transform(items.blocks(), services);
  two.fit(items.blocks(), services);
  const auto apart = two.transform(items.all(), services);
  EXPECT_EQ(one.terms(), two.terms());
  EXPECT_EQ(together.present, apart.present);
  EXPECT_EQ(together.notes, apart.notes);
  const auto &a = std::get<math::Csr>(together.rows), &b = std::get<math::Csr>(apart.rows);
  EXPECT_EQ(a.indptr, b.indptr);
  EXPECT_EQ(a.indices, b.indices);
  EXPECT_EQ(a.values, b.values);
}

TEST(Vocabulary, keeps_the_terms_that_occur_most_often_and_of_equals_the_first) {
  Items items;
  items.add({"cc cc bb aa"}).add({"bb dd aa"});
  TextParams params;
  params.max_features = 2;
  Vocabulary vocabulary(params);
  QuietServices services(1);
  vocabulary.fit(items.blocks(), services);
  EXPECT_THAT(vocabulary.terms(), ElementsAre("aa", "bb"));
}

TEST(Vocabulary, a_new_title_is_read_in_the_language_of_the_catalogue) {
  Items german;
  for (int i = 0; i < 3; ++i)
    german.add({"Die Schuhe sind aus weichem Leder und passen sehr gut zu einem Anzug"});
  TextParams params;
  params.words.stemming = "auto";
  Vocabulary vocabulary(params);
  QuietServices services(1);
  vocabulary.fit(german.blocks(), services);
  Items title;
  title.add({"die Schuhen"});
  const auto rows = vocabulary.transform(title.all(), services);
  ASSERT_EQ(rows.present[0], 1);
  const auto column = std::get<math::Csr>(rows.rows).indices;
  ASSERT_EQ(column.size(), 1U) << "'die' is a stop word, though not in English";
  EXPECT_EQ(vocabulary.terms()[static_cast<std::size_t>(column[0])], "schuh");
}

TEST(Vocabulary, of_more_than_is_worked_on_at_once_gives_the_rows_of_every_item) {
  const auto items = many_long_texts();
  TextParams params;
  params.max_features = 3000;  // 300 words in common, and what some items have of their own
  Vocabulary together(params), apart(params);
  QuietServices services(2);
  const auto got = together.fit_transform(items.blocks_of(1500), services);
  apart.fit(items.blocks(), services);
  const auto want = apart.transform(items.all(), services);
  const auto &rows = std::get<math::Csr>(got.rows), &others = std::get<math::Csr>(want.rows);
  EXPECT_EQ(rows.rows, 4000);
  EXPECT_EQ(rows.cols, 3000);
  EXPECT_EQ(rows.indptr, others.indptr);
  EXPECT_EQ(rows.indices, others.indices);
  EXPECT_EQ(rows.values, others.values);
  EXPECT_EQ(got.present, want.present);
  EXPECT_EQ(got.notes, want.notes);
  EXPECT_EQ(got.present[3900], 0);
}

TEST(Vocabulary, a_second_fit_replaces_the_first) {
  Items first, second;
  first.add({"red"});
  second.add({"blue"});
  Vocabulary vocabulary({});
  QuietServices services(1);
  vocabulary.fit(first.blocks(), services);
  vocabulary.fit(second.blocks(), services);
  EXPECT_THAT(vocabulary.terms(), ElementsAre("blue"));
}

}  // namespace
}  // namespace medley::features::test

#include "tests/features/items.h"
#include <gmock/gmock.h>

#include <cmath>

namespace medley::features::test {
namespace {

using ::testing::ElementsAre;

Items described_films() {
  Items items;
  for (int i = 0; i < 6; ++i) {
    items.add({"space ship alien planet " + std::string(i % 2 ? "laser" : "robot")});
    items.add({"wedding love bride paris " + std::string(i % 2 ? "kiss" : "dance")});
  }
  items.add({"M"});
  return items;
}

TEST(TextLsa, rows_of_full_rank_keep_every_inner_product_of_the_tfidf_rows) {
  const auto items = described_films();
  const auto words = transform(*fitted("text/tfidf", items), items.all());
  const auto topics = transform(*fitted("text/lsa", items), items.all());
  const auto dot = [](const std::vector<float>& a, const std::vector<float>& b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
    return sum;
  };
  for (math::Index i = 0; i < 12; ++i)
    for (math::Index j = 0; j <= i; ++j)
      EXPECT_NEAR(dot(row(topics, i), row(topics, j)), dot(row(words, i), row(words, j)), 1e-5);
}

TEST(TextLsa, words_that_stand_together_make_one_topic) {
  const auto extractor = fitted("text/lsa", described_films(), {{"dim", "2"}});
  EXPECT_EQ(extractor->dim(), 2);
  Items fresh;
  fresh.add({"laser"}).add({"robot"}).add({"kiss"}).add({"unheard"});
  const auto vectors = transform(*extractor, fresh.all());
  EXPECT_GT(cosine(row(vectors, 0), row(vectors, 1)), 0.99);  // never in one film, always with "alien"
  EXPECT_LT(cosine(row(vectors, 0), row(vectors, 2)), 0.01);
  EXPECT_THAT(vectors.present, ElementsAre(1, 1, 1, 0));
}

TEST(TextLsa, of_more_than_is_worked_on_at_once_gives_the_rows_of_every_item) {
  const auto items = many_long_texts();
  const auto extractor = make("text/lsa", {{"dim", "2"}});
  QuietServices services(2);
  const auto got = extractor->fit_transform(items.blocks_of(1500), services);
  const auto want = extractor->transform(items.all(), services);
  EXPECT_EQ(got.present, want.present);
  EXPECT_EQ(got.notes, want.notes);
  for (math::Index i = 0; i < 4000; ++i)
    for (int c = 0; c < 2; ++c) ASSERT_NEAR(row(got, i)[c], row(want, i)[c], 1e-5) << i;
}

TEST(TextLsa, the_length_is_cut_to_the_rank) {
  const auto items = described_films();
  EXPECT_LE(fitted("text/lsa", items, {{"dim", "500"}})->dim(), 12);
}

TEST(TextLsa, an_item_without_words_is_absent_with_a_note) {
  const auto items = described_films();
  const auto vectors = transform(*fitted("text/lsa", items), items.all());
  EXPECT_EQ(vectors.present.back(), 0);
  EXPECT_EQ(vectors.notes.back(), "no usable words");
}

TEST(TextLsa, takes_the_parameters_of_text_tfidf_and_refuses_a_length_of_0) {
  EXPECT_NO_THROW(make("text/lsa", {{"tokens", "sklearn"}, {"ngram_max", "2"}}));
  EXPECT_THROW(make("text/lsa", {{"dim", "0"}}), Error);
}

}  // namespace
}  // namespace medley::features::test

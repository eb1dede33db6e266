#include "tests/features/items.h"
#include "tests/test_data.h"
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <fstream>

namespace medley::features::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::UnorderedElementsAre;

Items lines(const std::vector<std::string>& texts) {
  Items items;
  for (const auto& text : texts) items.add({text});
  return items;
}

ParamMap params_of(const nlohmann::json& values) {
  ParamMap params{{"tokens", "sklearn"}};
  for (const auto& [name, value] : values.items()) params[name] = value.dump();
  return params;
}

void expect_row(const math::CsrView& rows, math::Index i, const nlohmann::json& expected) {
  ASSERT_EQ(rows.row_indices(i).size(), expected.size()) << "line " << i;
  for (std::size_t k = 0; k < expected.size(); ++k) {
    EXPECT_EQ(rows.row_indices(i)[k], expected[k][0].get<int>()) << "line " << i;
    EXPECT_NEAR(rows.row_values(i)[k], expected[k][1].get<double>(), 1e-6) << "line " << i;
  }
}

TEST(TextTfidf, equals_scikit_learn) {
  std::ifstream file(test_data("features/data/tfidf.json"));
  const auto fixture = nlohmann::json::parse(file);
  const auto items = lines(fixture["lines"].get<std::vector<std::string>>());
  ASSERT_GE(fixture["cases"].size(), 5u);
  for (const auto& expected : fixture["cases"]) {
    SCOPED_TRACE(expected["params"].dump());
    const auto extractor = fitted("text/tfidf", items, params_of(expected["params"]));
    EXPECT_EQ(extractor->columns(), expected["terms"].get<std::vector<std::string>>());
    const auto vectors = transform(*extractor, items.all());
    const auto rows = std::get<math::Csr>(vectors.rows).view();
    ASSERT_EQ(rows.rows, static_cast<math::Index>(expected["rows"].size()));
    for (math::Index i = 0; i < rows.rows; ++i) {
      const auto& row = expected["rows"][static_cast<std::size_t>(i)];
      expect_row(rows, i, row);
      EXPECT_EQ(vectors.present[static_cast<std::size_t>(i)], row.empty() ? 0 : 1);
    }
  }
}

TEST(TextTfidf, titles_without_a_word_are_flagged_and_the_run_goes_on) {
  const auto items = lines({"M", "9", "The", "Red shirt", ""});
  const auto vectors = transform(*fitted("text/tfidf", items), items.all());
  EXPECT_THAT(vectors.present, ElementsAre(0, 0, 0, 1, 0));
  EXPECT_THAT(vectors.notes, ElementsAre("no usable words", "no usable words", "no usable words", "", ""));
}

TEST(TextTfidf, a_catalogue_without_any_word_is_no_error) {
  const auto items = lines({"M", "9", "The"});
  const auto extractor = fitted("text/tfidf", items);
  EXPECT_EQ(extractor->dim(), 0);
  EXPECT_THAT(transform(*extractor, items.all()).present, ElementsAre(0, 0, 0));
}

TEST(TextTfidf, markup_leaves_its_words) {
  const auto items = lines({"Tom &amp; Jerry<br>10&quot; plate"});
  EXPECT_THAT(fitted("text/tfidf", items)->columns(), ElementsAre("10", "jerry", "plate", "tom"));
  EXPECT_THAT(fitted("text/tfidf", items, {{"clean", "no"}})->columns(),
              UnorderedElementsAre("10", "jerry", "plate", "tom", "amp", "br", "quot"));
}

TEST(TextTfidf, hindi_words_are_not_cut_at_their_marks) {
  const auto items = lines({"हिन्दी में"});
  EXPECT_THAT(fitted("text/tfidf", items)->columns(), UnorderedElementsAre("हिन्दी", "में"));
}

TEST(TextTfidf, the_texts_of_an_item_are_joined) {
  Items items;
  items.add({"red", "", "shirt"}).add({"shirt"});
  EXPECT_THAT(fitted("text/tfidf", items, {{"ngram_max", "2"}})->columns(),
              ElementsAre("red", "red shirt", "shirt"));
}

TEST(TextTfidf, stop_words_can_be_kept) {
  const auto items = lines({"the shirt"});
  EXPECT_THAT(fitted("text/tfidf", items)->columns(), ElementsAre("shirt"));
  EXPECT_THAT(fitted("text/tfidf", items, {{"stop_words", "none"}})->columns(), ElementsAre("shirt", "the"));
}

TEST(TextTfidf, stemming_joins_the_forms_of_a_word_and_is_off_by_default) {
  const auto items = lines({"red shirt", "red shirts"});
  EXPECT_THAT(fitted("text/tfidf", items)->columns(), ElementsAre("red", "shirt", "shirts"));
  EXPECT_THAT(fitted("text/tfidf", items, {{"stemming", "english"}})->columns(), ElementsAre("red", "shirt"));
  EXPECT_EQ(fitted("text/lsa", items, {{"stemming", "english"}, {"dim", "1"}})->dim(), 1);
}

TEST(TextTfidf, a_list_of_stop_words_comes_beside_the_english_ones) {
  EXPECT_THAT(fitted("text/tfidf", lines({"the red shirt"}), {{"stop_list", "red+blue"}})->columns(),
              ElementsAre("shirt"));
}

TEST(TextTfidf, a_new_item_of_unknown_words_says_so) {
  const auto extractor = fitted("text/tfidf", lines({"red shirt"}));
  const auto fresh = lines({"blue trousers", "blue shirt"});
  const auto vectors = transform(*extractor, fresh.all());
  EXPECT_THAT(vectors.present, ElementsAre(0, 1));
  EXPECT_THAT(vectors.notes[0], HasSubstr("none is in the vocabulary"));
  EXPECT_THAT(row(vectors, 1), ElementsAre(0, 1));
}

TEST(TextTfidf, text_that_is_not_utf8_costs_its_own_row) {
  const auto items = lines({"caf\xe9", "red shirt"});
  const auto vectors = transform(*fitted("text/tfidf", items), items.all());
  EXPECT_THAT(vectors.present, ElementsAre(0, 1));
  EXPECT_EQ(vectors.notes[0], "text is not UTF-8");
}

TEST(TextTfidf, ties_at_max_features_go_by_name) {
  EXPECT_THAT(
      fitted("text/tfidf", lines({"delta alpha gamma beta delta"}), {{"max_features", "2"}})->columns(),
      ElementsAre("alpha", "delta"));
}

TEST(TextTfidf, refuses_parameters_out_of_range) {
  EXPECT_THROW(make("text/tfidf", {{"ngram_max", "4"}}), Error);
  EXPECT_THROW(make("text/tfidf", {{"tokens", "spacy"}}), Error);
  EXPECT_THROW(make("text/tfidf", {{"stemming", "klingon"}}), Error);
  EXPECT_THROW(make("text/tfidf", {{"max_df", "1.5"}}), Error);
}

}  // namespace
}  // namespace medley::features::test

#include "medley/core/error.h"
#include "medley/core/file.h"

#include "tests/features/items.h"
#include <gmock/gmock.h>

#include <cmath>
#include <filesystem>

namespace medley::features::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string vec_file(const std::string& text) {
  const auto path = std::filesystem::path(::testing::TempDir()) / "text_words.vec";
  write_file(path, text);
  return path.string();
}

TEST(TextWords, is_the_idf_weighted_mean_by_hand) {
  const ParamMap params{{"vectors", vec_file("3 2\nred 1 0\nshirt 0 1\nblue 5 5\n")}};
  Items items;
  items.add({"red red shirt"}).add({"shirt"}).add({"unheard"});
  const auto extractor = fitted("text/words", items, params);
  ASSERT_EQ(extractor->dim(), 2);
  const auto rows = transform(*extractor, items.all());
  EXPECT_THAT(rows.present, ElementsAre(1, 1, 0));
  EXPECT_THAT(rows.notes[2], HasSubstr("none has a vector"));
  // n = 3: df(red) = 1, df(shirt) = 2; red occurs twice.
  const double red = 2 * (std::log(4.0 / 2) + 1), shirt = std::log(4.0 / 3) + 1;
  EXPECT_NEAR(row(rows, 0)[0], red / (red + shirt), 1e-6);
  EXPECT_NEAR(row(rows, 0)[1], shirt / (red + shirt), 1e-6);
}

TEST(TextWords, a_word_that_came_later_weighs_as_one_of_no_item) {
  const ParamMap params{{"vectors", vec_file("2 2\nred 1 0\nblue 0 1\n")}};
  Items items, later;
  items.add({"red"});
  later.add({"red blue"});
  const auto rows = transform(*fitted("text/words", items, params), later.all());
  const double red = 1, blue = std::log(2.0) + 1;
  EXPECT_NEAR(row(rows, 0)[1], blue / (red + blue), 1e-6);
}

TEST(TextWords, the_parts_of_a_row_are_its_words_and_sum_to_its_inner_product) {
  Items items;
  items.add({"red red cotton shirt of the sea"}).add({"blue linen shirt"}).add({"oven"});
  const auto extractor = fitted("text/words", items, {{"dim", "6"}});
  const auto values = row(transform(*extractor, items.all()), 0);
  const std::vector<float> direction{0.5f, -1.0f, 2.0f, 0.0f, 3.0f, -0.25f};
  const std::vector<float> origin{0.1f, 0.2f, -0.3f, 1.0f, 0.0f, 0.5f};
  double product = 0, sum = 0;
  for (std::size_t k = 0; k < 6; ++k)
    product +=
        (static_cast<double>(values[k]) - static_cast<double>(origin[k])) * static_cast<double>(direction[k]);
  const auto* apart = dynamic_cast<const TakesRowsApart*>(extractor.get());
  ASSERT_NE(apart, nullptr);
  std::vector<std::string> names;
  QuietServices quiet(1);
  for (const auto& part : apart->parts(items.all()[0], origin, direction, quiet)) {
    names.push_back(part.name);
    sum += part.value;
  }
  EXPECT_THAT(names, ::testing::UnorderedElementsAre("red", "cotton", "shirt", "sea"));
  EXPECT_NEAR(sum, product, 1e-6);
  const auto few = std::span(direction).first(2);
  EXPECT_THROW(apart->parts(items.all()[0], origin, few, quiet), Error);
  EXPECT_THROW(apart->parts(items.all()[0], few, direction, quiet), Error);
}

TEST(TextWords, an_unknown_word_of_a_new_item_is_placed_by_its_n_grams) {
  Items items, later;
  for (int i = 0; i < 40; ++i) items.add({i % 2 == 0 ? "cotton shirts" : "oven bread"});
  later.add({"shirting"}).add({"qqqq"});
  const auto rows = transform(*fitted("text/words", items, {{"dim", "8"}}), later.all());
  EXPECT_THAT(rows.present, ElementsAre(1, 0));
}

TEST(TextWords, refuses_a_file_that_is_none) {
  Items items;
  items.add({"red"});
  EXPECT_THROW(fitted("text/words", items, {{"vectors", "/nowhere/w.vec"}}), Error);
  EXPECT_THROW(fitted("text/words", items, {{"vectors", vec_file("1 2\nred 1\n")}}), Error);
  try {
    const auto path = std::filesystem::path(::testing::TempDir()) / "text_words.txt";
    write_file(path, "1 1\nred 1\n");
    fitted("text/words", items, {{"vectors", path.string()}});
    FAIL() << "was read";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("neither .vec nor .bin"));
  }
}

TEST(TextWords, japanese_and_russian_are_learned_as_well) {
  Items items;
  for (int i = 0; i < 20; ++i)
    items.add({i % 2 == 0 ? "この映画は東京で撮影された、とても美しい物語です。"
                          : "Красные рубашки и новые книги были в большом магазине."});
  const auto rows = transform(*fitted("text/words", items, {{"dim", "8"}}), items.all());
  for (const auto bit : rows.present) EXPECT_EQ(bit, 1);
}

}  // namespace
}  // namespace medley::features::test

#include "medley/core/error.h"
#include "medley/engine/where.h"

#include "tests/engine/small_world.h"
#include <gmock/gmock.h>

#include <limits>

using namespace medley;
using engine::Where;
using engine::test::error_of;
using ::testing::HasSubstr;

namespace {

/// big (1988, comedy), heat (1995, crime and drama), gump (1994, comedy and drama), bare (nothing known).
data::Dataset films() {
  data::Dataset out;
  for (const auto* id : {"big", "heat", "gump", "bare"}) out.items.add(id);
  out.catalog.texts = {{"title", {"Big", "Heat", "Forrest Gump", ""}}};
  out.catalog.categories = {{"genre", {{"Comedy"}, {"Crime", "Drama"}, {"Comedy", "Drama"}, {}}}};
  out.catalog.numbers = {{"year", {1988, 1995, 1994, std::numeric_limits<double>::quiet_NaN()}}};
  out.catalog.resize(out.item_count());
  return out;
}

std::string those(const std::string& where) {
  const auto dataset = films();
  const auto matches = Where::parse(where).matches(dataset);
  EXPECT_EQ(matches.size(), 4u);
  std::string out;
  for (std::size_t i = 0; i < matches.size(); ++i) {
    if (matches[i] != 0) out += (out.empty() ? "" : " ") + dataset.items.id(static_cast<data::ItemId>(i));
  }
  return out;
}

std::string match_fault(const std::string& where) {
  return error_of([&] { those(where); });
}

TEST(WhereMatch, compares_numbers) {
  EXPECT_EQ(those("year > 1990"), "heat gump");
  EXPECT_EQ(those("year >= 1995"), "heat");
  EXPECT_EQ(those("year < 1994"), "big");
  EXPECT_EQ(those("year <= 1994"), "big gump");
  EXPECT_EQ(those("year = 1994"), "gump");
  EXPECT_EQ(those("year != 1994.0"), "big heat");
}

TEST(WhereMatch, has_is_one_category_of_several_and_equal_the_only_one) {
  EXPECT_EQ(those("genre has Comedy"), "big gump");
  EXPECT_EQ(those("genre = Comedy"), "big");
  EXPECT_EQ(those("genre != Comedy"), "heat gump");
  EXPECT_EQ(those("genre has comedy"), "");
}

TEST(WhereMatch, has_is_a_part_of_a_text_whatever_its_letter_case_and_equal_the_whole) {
  EXPECT_EQ(those("title has gump"), "gump");
  EXPECT_EQ(those("title = Big"), "big");
  EXPECT_EQ(those("title = big"), "");
  EXPECT_EQ(those("title != Big"), "heat gump");
  EXPECT_EQ(those("id = heat or id has ar"), "heat bare");
}

TEST(WhereMatch, joins_and_negates) {
  EXPECT_EQ(those("genre has Comedy and year > 1990"), "gump");
  EXPECT_EQ(those("genre has Comedy or year > 1994"), "big heat gump");
  EXPECT_EQ(those("not (genre has Comedy and year > 1990)"), "big heat bare");
}

TEST(WhereMatch, an_absent_value_fails_every_comparison_also_of_inequality) {
  for (const auto* where : {"year != 1", "year < 9999", "genre != x", "title != x", "title has ''"})
    EXPECT_THAT(those(where), ::testing::Not(HasSubstr("bare"))) << where;
  EXPECT_EQ(those("not year > 0"), "bare");
}

TEST(WhereMatch, names_the_nearest_field_and_the_column) {
  EXPECT_EQ(match_fault("year > 1 and genres has Comedy"),
            "where: column 14: the catalogue has no field 'genres'; did you mean 'genre'?");
  EXPECT_EQ(match_fault("director = Mann"),
            "where: column 1: the catalogue has no field 'director'; it has: id, title, genre, year");
}

TEST(WhereMatch, refuses_what_a_field_cannot_be_compared_with) {
  EXPECT_EQ(match_fault("year > late"), "where: column 8: 'year' holds numbers, and 'late' is none");
  EXPECT_EQ(match_fault("year has 1990"),
            "where: column 6: 'year' holds numbers, which take =, !=, <, <=, > and >=, not has");
  EXPECT_EQ(match_fault("title < M"),
            "where: column 7: 'title' holds texts, which take has, = and !=, not <");
  EXPECT_EQ(match_fault("genre >= M"),
            "where: column 7: 'genre' holds categories, which take has, = and !=, not >=");
}

TEST(WhereMatch, of_no_items_is_nothing) {
  auto dataset = data::Dataset{};
  EXPECT_TRUE(Where::parse("not id = x").matches(dataset).empty());
}

}  // namespace

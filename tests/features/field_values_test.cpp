#include "medley/features/field_values.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace medley::features {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(FieldValues, are_those_of_a_row_across_columns_where_they_stand) {
  const std::vector<std::string> titles{"one", "two"}, plots{"", "a plot"};
  const std::array columns{titles.data(), plots.data()};
  const FieldValues<std::string> first(columns, 0), second(columns, 1);
  EXPECT_THAT(first, ElementsAre("one", ""));
  EXPECT_THAT(second, ElementsAre("two", "a plot"));
  EXPECT_EQ(&second[1], &plots[1]) << "no copy";
  EXPECT_TRUE(std::ranges::any_of(first, &std::string::empty));
}

TEST(FieldValues, are_those_of_a_vector_or_a_part_of_it) {
  const std::vector<double> numbers{1, 2, 3};
  EXPECT_THAT(FieldValues<double>(numbers), ElementsAre(1, 2, 3));
  const FieldValues<double> part = std::span(numbers).subspan(1);
  EXPECT_EQ(part.size(), 2u);
  EXPECT_EQ(&part[0], &numbers[1]);
  EXPECT_THAT(FieldValues<double>(), IsEmpty());
  EXPECT_TRUE(FieldValues<double>(std::span<const double>()).empty());
}

}  // namespace
}  // namespace medley::features

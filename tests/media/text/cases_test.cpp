#include "medley/media/text/cases.h"

#include <gmock/gmock.h>

namespace medley::media {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Each expectation is what Python 3.11 answers.
TEST(Cases, lower_case_is_the_full_mapping) {
  EXPECT_EQ(lower_case("GREAT"), "great");
  EXPECT_EQ(lower_case("ΣΟΦΟΣ"), "σοφος") << "the final sigma";
  EXPECT_EQ(lower_case("İ"), "i̇");
  EXPECT_EQ(lower_case(""), "");
}

TEST(Cases, upper_case_has_a_capital_and_no_small_letter) {
  for (const auto* text : {"A", "GREAT!", "A1", "É"}) EXPECT_TRUE(is_upper_case(text)) << text;
  for (const auto* text : {"", "1", "Great", "good", "ǅ", "这", ":D:d", "ª"})
    EXPECT_FALSE(is_upper_case(text)) << text;
}

TEST(Cases, spaces_are_those_of_unicode) {
  EXPECT_THAT(split_at_spaces("  a b\tc\nd\u00a0e\u2003f\u3000g\x1ch\u0085i "),
              ElementsAre("a", "b", "c", "d", "e", "f", "g", "h", "i"));
  EXPECT_THAT(split_at_spaces("a\u200bb"), ElementsAre("a\u200bb")) << "a zero-width space is none";
  EXPECT_THAT(split_at_spaces(" \n"), IsEmpty());
  EXPECT_THAT(split_at_spaces(""), IsEmpty());
}

TEST(Cases, take_bytes_that_are_no_text) {
  EXPECT_THAT(split_at_spaces("a\xFF b"), ElementsAre("a\xFF", "b"));
  EXPECT_FALSE(is_upper_case("\xFF"));
}

}  // namespace
}  // namespace medley::media

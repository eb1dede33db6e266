#include "medley/media/text/entities.h"

#include <gtest/gtest.h>

namespace medley::media {
namespace {

TEST(Entities, knows_the_names_of_html_4) {
  EXPECT_EQ(named_entity("amp"), U'&');
  EXPECT_EQ(named_entity("apos"), U'\'');
  EXPECT_EQ(named_entity("eacute"), U'é');
  EXPECT_EQ(named_entity("Eacute"), U'É');
  EXPECT_EQ(named_entity("nbsp"), U'\u00a0');
  EXPECT_EQ(named_entity("yuml"), U'ÿ');
  EXPECT_EQ(named_entity("euro"), U'€');
  EXPECT_EQ(named_entity("AElig"), U'Æ');
  EXPECT_EQ(named_entity("zwnj"), U'\u200c');
}

TEST(Entities, answers_nothing_for_other_names) {
  EXPECT_EQ(named_entity(""), std::nullopt);
  EXPECT_EQ(named_entity("am"), std::nullopt);
  EXPECT_EQ(named_entity("EACUTE"), std::nullopt);
  EXPECT_EQ(named_entity("zzz"), std::nullopt);
}

TEST(Entities, reads_numbers_of_both_bases) {
  EXPECT_EQ(numeric_entity("65", 10), U'A');
  EXPECT_EQ(numeric_entity("e9", 16), U'é');
  EXPECT_EQ(numeric_entity("1F600", 16), U'\U0001f600');
  EXPECT_EQ(numeric_entity("0000065", 10), U'A');
}

TEST(Entities, takes_the_numbers_of_windows_as_browsers_do) {
  EXPECT_EQ(numeric_entity("146", 10), U'’');
  EXPECT_EQ(numeric_entity("128", 10), U'€');
}

TEST(Entities, answers_nothing_for_what_is_no_character) {
  for (const char* digits : {"", "0", "4g", "-5", "1114112", "99999999", "99999999999999999999"}) {
    EXPECT_EQ(numeric_entity(digits, 10), std::nullopt) << digits;
  }
  EXPECT_EQ(numeric_entity("d800", 16), std::nullopt);
}

}  // namespace
}  // namespace medley::media

#include "medley/core/utf8.h"

#include <gtest/gtest.h>

using namespace medley;

TEST(Utf8, accepts_well_formed_text) {
  EXPECT_EQ(first_invalid_utf8(""), std::string_view::npos);
  EXPECT_EQ(first_invalid_utf8("a\xC3\xA9\xE6\xA8\xA1\xF0\x9F\x98\x80"), std::string_view::npos);
}

TEST(Utf8, names_the_first_bad_byte) {
  EXPECT_EQ(first_invalid_utf8("ab\xE9"), 2u);              // Latin-1
  EXPECT_EQ(first_invalid_utf8("a\xC0\xAF"), 1u);           // overlong
  EXPECT_EQ(first_invalid_utf8("\xED\xA0\x80"), 0u);        // surrogate
  EXPECT_EQ(first_invalid_utf8("ok\xF4\x90\x80\x80"), 2u);  // above U+10FFFF
  EXPECT_EQ(first_invalid_utf8("x\xE6\xA8"), 1u);           // cut short
}

#include "medley/core/error.h"

#include <gtest/gtest.h>

using namespace medley;

TEST(Error, require_formats_the_value_and_keeps_the_code) {
  try {
    require(false, "k must be at least {}, got {}", 1, 0);
    FAIL() << "did not throw";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::invalid_argument);
    EXPECT_STREQ(error.what(), "k must be at least 1, got 0");
  }
  EXPECT_NO_THROW(require(true, "never"));
}

TEST(Error, each_code_has_a_name) {
  for (int code = 0; code <= static_cast<int>(ErrorCode::internal); ++code) {
    EXPECT_NE(to_string(static_cast<ErrorCode>(code)), "unknown");
  }
}
